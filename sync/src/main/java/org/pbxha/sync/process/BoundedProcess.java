// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one program to its end, within its time limit, keeping a bounded part of what it writes. The program gets a
 * small fixed environment (never the daemon's own), no terminal, and a session of its own, so that at the limit, on a
 * cancellation or when the waiting thread is interrupted its whole process tree can be ended.
 */
public final class BoundedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedProcess.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL", "C.UTF-8",
            "HOME", "/root");
    /** For output still in the pipe after the end; a daemon that was started may hold the pipe open for ever. */
    private static final Duration OUTPUT_GRACE = Duration.ofSeconds(1);
    /** A killed process can stay while the kernel finishes its input or output; we do not stay with it. */
    private static final Duration KILL_GRACE = Duration.ofSeconds(5);

    private static final int KILLED = 128 + 9;

    private BoundedProcess() {}

    /** Runs a command that nobody wants to cancel. */
    public static Outcome run(Command command) throws ProcessException, InterruptedException {
        try {
            return run(command, new Cancellation());
        } catch (CancelledException e) {
            throw new IllegalStateException("nobody can cancel this", e);
        }
    }

    /**
     * Runs a command. A non-zero exit code or a time-out is an {@link Outcome}, not an exception.
     *
     * @throws ProcessException when the program is missing or must not be run ({@link ExecutableCheck})
     * @throws CancelledException when cancelled; the process tree is gone by then
     * @throws InterruptedException when the waiting thread was interrupted; the process tree has been killed
     */
    public static Outcome run(Command command, Cancellation cancellation)
            throws ProcessException, CancelledException, InterruptedException {
        cancellation.check();
        ExecutableCheck.require(command.program());
        ExecutableCheck.require(SETSID);
        long start = System.nanoTime();
        Process process = start(command);
        TailBuffer output = new TailBuffer(command.outputLimit());
        TailBuffer errors = new TailBuffer(command.outputLimit());
        List<Thread> readers = List.of(
                reader(process.getInputStream(), output, "stdout"), reader(process.getErrorStream(), errors, "stderr"));
        feed(process.getOutputStream(), command);
        boolean timedOut = !await(process, command.timeLimit(), cancellation);
        join(readers);
        cancellation.check();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        int exitCode = process.isAlive() ? KILLED : process.exitValue();
        return new Outcome(exitCode, output.text(), errors.text(), timedOut, took);
    }

    private static Process start(Command command) throws ProcessException {
        List<String> argv = new ArrayList<>();
        argv.add(SETSID.toString());
        argv.addAll(command.argv());
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().putAll(command.environment());
        builder.directory(Path.of("/").toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ProcessException(
                    "cannot start " + command.program() + ": " + e.getMessage(), "Check memory and process limits.", e);
        }
    }

    /** Waits for the end. Returns false when the time was over and the tree had to be ended. */
    private static boolean await(Process process, Duration limit, Cancellation cancellation)
            throws InterruptedException {
        Cancellation.Registration registration = cancellation.onCancel(() -> ProcessTree.kill(process.toHandle()));
        try {
            boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (!ended) {
                ProcessTree.end(process.toHandle());
                process.waitFor(KILL_GRACE.toNanos(), TimeUnit.NANOSECONDS);
            }
            return ended;
        } catch (InterruptedException e) {
            ProcessTree.kill(process.toHandle());
            throw e;
        } finally {
            registration.disarm();
        }
    }

    private static Thread reader(InputStream in, TailBuffer buffer, String name) {
        return thread("pbx-ha-" + name, () -> {
            try (in) {
                buffer.drain(in);
            } catch (IOException e) {
                LOG.debug("{} of a child closed early: {}", name, e.getMessage());
            }
        });
    }

    private static void feed(OutputStream out, Command command) {
        String stdin = command.stdin();
        thread("pbx-ha-stdin", () -> {
            try (out) {
                if (stdin != null) {
                    out.write(stdin.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                LOG.debug("{} did not read all of its input: {}", command.program(), e.getMessage());
            }
        });
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(List<Thread> readers) throws InterruptedException {
        long end = System.nanoTime() + OUTPUT_GRACE.toNanos();
        for (Thread reader : readers) {
            reader.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }
}
