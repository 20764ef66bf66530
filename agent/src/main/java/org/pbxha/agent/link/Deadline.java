// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/** Runs an abort when something is not closed in time. The abort must not block: all deadlines share one thread. */
final class Deadline implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final ScheduledFuture<?> abort;
    private volatile boolean passed;

    private Deadline(Duration limit, Runnable abort) {
        this.abort = TIMER.schedule(
                () -> {
                    passed = true;
                    abort.run();
                },
                limit.toNanos(),
                NANOSECONDS);
    }

    /** Runs a task later, on the thread of the deadlines. */
    static void after(long nanos, Runnable task) {
        var unused = TIMER.schedule(task, nanos, NANOSECONDS);
    }

    static Deadline in(Duration limit, Runnable abort) {
        return new Deadline(limit, abort);
    }

    boolean passed() {
        return passed;
    }

    @Override
    public void close() {
        abort.cancel(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "peer-link-deadlines");
            thread.setDaemon(true);
            return thread;
        };
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
