// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pbxha.agent.control.ExitCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of work with a result to remember, such as a replication: started by the clock or by a person, never twice at once. */
public final class DataJob {
    private static final Logger LOG = LoggerFactory.getLogger(DataJob.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Path file;
    private final Work work;
    private final Consumer<JobOutcome> journal;
    private final ReentrantLock running = new ReentrantLock();

    /** One run, which says itself what went wrong. */
    @FunctionalInterface
    public interface Work {
        /**
         * Runs to its end.
         *
         * @param asked whether a person wants it, and not the clock
         * @param watcher takes lines for whoever waits
         */
        JobOutcome run(boolean asked, Consumer<String> watcher);
    }

    /**
     * A job.
     *
     * @param file where its last result is kept
     * @param journal takes each run
     */
    public DataJob(String name, Path file, Work work, Consumer<JobOutcome> journal) {
        this.name = name;
        this.file = file;
        this.work = work;
        this.journal = journal;
    }

    /** Runs because it is time, unless a run is under way. */
    public JobOutcome run() {
        return unlessRunning(false, line -> {});
    }

    /** Runs because a person wants it, unless a run is under way. */
    public JobOutcome runAsked(Consumer<String> watcher) {
        return unlessRunning(true, watcher);
    }

    /** Runs after the run that is under way. */
    public JobOutcome runNext() {
        running.lock();
        return locked(true, line -> {});
    }

    /** Does something else that must not meet a run of this, unless one is under way. Its result is not remembered. */
    public JobOutcome without(Supplier<JobOutcome> other) {
        if (!running.tryLock()) {
            return underWay();
        }
        try {
            return other.get();
        } finally {
            running.unlock();
        }
    }

    private JobOutcome unlessRunning(boolean asked, Consumer<String> watcher) {
        return running.tryLock() ? locked(asked, watcher) : underWay();
    }

    private JobOutcome underWay() {
        return new JobOutcome(
                ExitCode.REFUSED, name + " is under way already; look at `pbx-ha status` and try again later");
    }

    private JobOutcome locked(boolean asked, Consumer<String> watcher) {
        try {
            JobOutcome outcome = attempt(asked, watcher);
            remember(outcome);
            return outcome;
        } finally {
            running.unlock();
        }
    }

    /** Whether a run is under way. */
    public boolean isRunning() {
        return running.isLocked();
    }

    /** The last result, also of an agent before this one. */
    public JobResult last() {
        if (Files.notExists(file)) {
            return JobResult.NEVER;
        }
        try {
            return JSON.readValue(file.toFile(), JobResult.class);
        } catch (IOException e) {
            return new JobResult(null, null, false, "its last result cannot be read: " + e.getMessage());
        }
    }

    /** A run must not end the thread of the clock, whatever goes wrong in it. */
    private JobOutcome attempt(boolean asked, Consumer<String> watcher) {
        try {
            return work.run(asked, watcher);
        } catch (RuntimeException e) {
            LOG.error("{} failed unexpectedly", name, e);
            return new JobOutcome(ExitCode.FAILED, name + " failed: " + e + "; see journalctl -u pbx-ha");
        }
    }

    /** Takes note of a run that the peer began: a slave's side of a copy. */
    public void record(JobOutcome outcome) {
        remember(outcome);
    }

    private synchronized void remember(JobOutcome outcome) {
        boolean succeeded = outcome.exitCode() == ExitCode.OK;
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        journal.accept(outcome);
        // Each line by itself: a line of the log has a level of its own.
        outcome.text().lines().forEach(succeeded ? LOG::info : LOG::warn);
        try {
            JobResult result = new JobResult(succeeded ? now : last().lastSuccess(), now, succeeded, outcome.line());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            JSON.writeValue(fresh.toFile(), result);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("the result of {} could not be kept in {}: {}", name, file, e.getMessage());
        }
    }
}
