// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns one layer of the watch at a steady pace, on a thread of its own: one that hangs holds up nobody. */
final class Layer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Layer.class);

    /** One turn, bounded by itself. */
    @FunctionalInterface
    interface Turn {
        void run() throws InterruptedException;
    }

    private final Duration interval;
    private final Turn turn;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private String said = "";

    Layer(String name, Duration interval, Turn turn) {
        this.interval = interval;
        this.turn = turn;
        this.thread = new Thread(this::loop, "pbx-ha-" + name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void loop() {
        try {
            do {
                runOnce();
            } while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            turn.run();
            said = "";
        } catch (RuntimeException e) {
            // The thread's boundary: a fault in one turn must not end the watch for good. Once per change.
            if (!said.equals(e.toString())) {
                LOG.error("{} failed and goes on", thread.getName(), e);
                said = e.toString();
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
