// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one probe's attempts at a steady pace on a daemon thread of its own. Attempts missed while the
 * whole process was paused are not made up for, and each has its whole interval.
 */
final class ProbeLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeLoop.class);

    /** One attempt. */
    interface Attempt {
        /** Asks once and may listen until {@code deadline} ({@link System#nanoTime()}), when the next attempt is due. */
        void run(long deadline);
    }

    private final Duration interval;
    private final Attempt attempt;
    private final Consumer<RuntimeException> onFault;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** {@code onFault} hears of an exception that no attempt should throw; the loop goes on. */
    ProbeLoop(String name, Duration interval, Attempt attempt, Consumer<RuntimeException> onFault) {
        if (interval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("probe interval " + interval + " is shorter than 1 ms");
        }
        this.interval = interval;
        this.attempt = attempt;
        this.onFault = onFault;
        this.thread = new Thread(this::loop, "pbx-ha-probe " + name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends the loop after the running attempt. Does not wait for it. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void loop() {
        try {
            long due = System.nanoTime();
            while (!closed.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                due = System.nanoTime() + interval.toNanos();
                runOnce(due);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce(long deadline) {
        try {
            attempt.run(deadline);
        } catch (RuntimeException e) {
            // The thread's boundary: a fault in one attempt must not end the probe for good.
            LOG.error("{} failed and goes on", thread.getName(), e);
            onFault.accept(e);
        }
    }
}
