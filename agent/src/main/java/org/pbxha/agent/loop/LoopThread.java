// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.loop;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cranks the cycle at a steady pace and counts its turns, so that a stuck one can be noticed. */
public final class LoopThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final Cycle cycle;
    private final Duration interval;
    private final Consumer<Snapshot> listener;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "cycle"));
    private volatile long lastTurnNanos = System.nanoTime();
    private String lastError = "";

    /**
     * A loop that turns once every interval.
     *
     * @param listener takes each turn; must not block
     */
    public LoopThread(Cycle cycle, Duration interval, Consumer<Snapshot> listener) {
        this.cycle = cycle;
        this.interval = interval;
        this.listener = listener;
    }

    /** Starts turning. */
    public void start() {
        var unused = executor.scheduleWithFixedDelay(this::turn, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Turns as soon as possible, because something has happened. */
    public void soon() {
        try {
            executor.execute(this::turn);
        } catch (RejectedExecutionException e) {
            LOG.debug("the loop has ended", e);
        }
    }

    /** Whether the last turn is no older than this. */
    public boolean turnedWithin(Duration limit) {
        return System.nanoTime() - lastTurnNanos <= limit.toNanos();
    }

    /** The boundary of the cycle: whatever goes wrong in one turn, the next one is tried. */
    private void turn() {
        try {
            listener.accept(cycle.runOnce());
            lastTurnNanos = System.nanoTime();
            lastError = "";
        } catch (IOException | RuntimeException e) {
            String error = String.valueOf(e.getMessage());
            if (!error.equals(lastError)) {
                LOG.error("this cycle decided nothing and the service state stays as it is: {}", error, e);
                lastError = error;
            }
        }
    }

    /** Lets the turn under way end: an interrupt would hit it while it writes the state. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
