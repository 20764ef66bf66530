// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.core.Fencing;
import org.pbxha.agent.core.Fencing.Phase;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.agent.effect.hooks.HookRunner;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fences the master by the configured methods, one after the other until one confirms it, on a thread of its own. What came
 * of it is kept as long as there is a reason for it, and a failure is tried again after a while.
 */
public final class PeerFencing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerFencing.class);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration CLOSING = Duration.ofSeconds(3);
    /** For each method, beyond its limit: its children are asked to end, and then killed. */
    private static final Duration ENDING = Duration.ofSeconds(8);

    private final List<FenceMethod> methods;
    private final Duration limit;
    private final Journal journal;
    private final LongSupplier nanoTime;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "fencing"));
    private @Nullable Attempt attempt;

    /** The fencing of these settings; on a master there is none. */
    public static PeerFencing of(Settings settings, NodePaths paths, HookRunner hooks, Journal journal) {
        return new PeerFencing(
                FenceMethods.of(settings, paths, hooks), settings.fencing().limit(), journal, System::nanoTime);
    }

    PeerFencing(List<FenceMethod> methods, Duration limit, Journal journal, LongSupplier nanoTime) {
        this.methods = methods;
        this.limit = limit;
        this.journal = journal;
        this.nanoTime = nanoTime;
    }

    /** One try of all methods. */
    private static final class Attempt {
        private volatile Fencing fencing = new Fencing(Phase.RUNNING, "");
        private final long begunNanos;
        private volatile long endedNanos;
        /** An operator waits for it: the rules get no result. */
        private volatile boolean ordered;
        /** The reason has gone: no further method is begun. */
        private volatile boolean last;

        private @Nullable Future<?> task;

        Attempt(long begunNanos) {
            this.begunNanos = begunNanos;
        }
    }

    /** The names of the methods, in their order. */
    public List<String> methods() {
        return methods.stream().map(FenceMethod::name).toList();
    }

    /** How long a try of all methods may take. */
    public Duration longest() {
        return limit.multipliedBy(methods.size());
    }

    /** Where it stands; never blocks. */
    public synchronized Fencing progress() {
        if (methods.isEmpty()) {
            return Fencing.OFF;
        }
        Attempt last = attempt;
        if (last == null || isWornOut(last)) {
            return new Fencing(Phase.UNTRIED, last == null ? "" : "it failed, and is tried again");
        }
        if (isStuck(last)) {
            return new Fencing(Phase.FAILED, last.fencing.detail() + ": does not end in time");
        }
        return last.ordered ? new Fencing(Phase.RUNNING, last.fencing.detail()) : last.fencing;
    }

    /** Begins to fence, unless that is under way. */
    public synchronized void begin(HookFacts facts) {
        Attempt last = attempt;
        if (methods.isEmpty() || (last != null && last.fencing.phase() == Phase.RUNNING)) {
            return;
        }
        Attempt next = new Attempt(nanoTime.getAsLong());
        next.task = worker.submit(() -> run(next, facts));
        attempt = next;
    }

    /**
     * There is no reason to fence any more, and what came of it is forgotten. A method that is under way goes on: it may
     * have killed the master already, and then its success is what counts.
     */
    public synchronized void forget() {
        Attempt current = attempt;
        if (current == null || current.ordered) {
            return;
        }
        if (current.fencing.phase() == Phase.RUNNING) {
            current.last = true;
        } else {
            attempt = null;
        }
    }

    /** Fences because an operator wants it, whatever the rules say; waits for the end, which has its limit. */
    public Fencing now(HookFacts facts) throws InterruptedException {
        Attempt ours;
        synchronized (this) {
            begin(facts);
            ours = attempt;
            if (ours == null || ours.task == null) {
                return Fencing.OFF;
            }
            ours.ordered = true;
        }
        try {
            ours.task.get(longest().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("fencing did not end as it should: {}", e.toString());
        }
        synchronized (this) {
            attempt = null;
        }
        return ours.fencing;
    }

    /** Tests every method without fencing; for the command line. */
    public JobOutcome check() {
        return new FenceChecks(methods, limit).get();
    }

    private boolean isWornOut(Attempt last) {
        return last.fencing.phase() == Phase.FAILED && nanoTime.getAsLong() - last.endedNanos >= RETRY.toNanos();
    }

    /** A local disk that hangs can hold a method for ever; phones must not wait with it. */
    private boolean isStuck(Attempt current) {
        Duration most = longest().plus(ENDING.multipliedBy(methods.size()));
        return current.fencing.phase() == Phase.RUNNING && nanoTime.getAsLong() - current.begunNanos >= most.toNanos();
    }

    /** Whatever goes wrong, it comes to an end: the rules wait for it. */
    private void run(Attempt current, HookFacts facts) {
        try {
            tryAll(current, facts);
        } finally {
            if (current.fencing.phase() == Phase.RUNNING) {
                end(current, new Fencing(Phase.FAILED, "broke off; see journalctl -u pbx-ha"));
            }
        }
    }

    private void tryAll(Attempt current, HookFacts facts) {
        List<String> failures = new ArrayList<>();
        for (FenceMethod method : methods) {
            current.fencing = new Fencing(Phase.RUNNING, method.name());
            long begun = System.nanoTime();
            try {
                String done = method.fence(facts, limit);
                tell(facts, method.name() + ": fenced after " + millisSince(begun) + " ms: " + done);
                end(current, new Fencing(Phase.DONE, method.name() + ": " + done));
                return;
            } catch (FenceException e) {
                failures.add(method.name() + ": " + e.getMessage());
                warn(facts, method.name() + ": not fenced after " + millisSince(begun) + " ms: " + e.getMessage());
            } catch (InterruptedException e) {
                warn(facts, method.name() + ": ended with the agent");
                end(current, new Fencing(Phase.FAILED, "ended with the agent"));
                return;
            } catch (RuntimeException e) {
                LOG.error("the fencing method {} failed unexpectedly", method.name(), e);
                failures.add(method.name() + ": " + e);
            }
            if (current.last) {
                failures.add("the master is heard again, or nothing is to move: no other method is tried");
                break;
            }
        }
        end(current, new Fencing(Phase.FAILED, String.join("; ", failures)));
    }

    private void end(Attempt ended, Fencing result) {
        ended.endedNanos = nanoTime.getAsLong();
        ended.fencing = result;
    }

    private void tell(HookFacts facts, String text) {
        LOG.info("fencing by {}", text);
        journal.note("fencing", facts.service(), facts.epoch(), text);
    }

    private void warn(HookFacts facts, String text) {
        LOG.warn("fencing by {}", text);
        journal.note("fencing", facts.service(), facts.epoch(), text);
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    /** Ends what is under way, its children with it. */
    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a fencing method does not end; systemd ends it with the agent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
