// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.time.Duration;

/**
 * Aborts a stream one of whose reads or writes stands still. One timer watches over all of them: arming one for each would
 * wake the timer's thread at every piece of a stream.
 */
final class StallGuard implements AutoCloseable {
    private final long limitNanos;
    private final Runnable abort;
    private boolean busy;
    private long beganNanos;
    private boolean passed;
    private boolean closed;

    /**
     * Watches from the first operation on.
     *
     * @param limit of one operation
     * @param abort ends the operation under way; called at most once, and must not block
     */
    StallGuard(Duration limit, Runnable abort) {
        this.limitNanos = limit.toNanos();
        this.abort = abort;
        Deadline.after(limitNanos, this::look);
    }

    /** An operation begins. */
    synchronized void begin() {
        beganNanos = System.nanoTime();
        busy = true;
    }

    /** The operation has ended; {@code abort} is not called from now on to the next one. */
    synchronized void end() {
        busy = false;
    }

    /** Whether an operation took too long. */
    synchronized boolean passed() {
        return passed;
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        long left = busy ? limitNanos - (System.nanoTime() - beganNanos) : limitNanos;
        if (left > 0) {
            Deadline.after(left, this::look);
        } else {
            passed = true;
            abort.run();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
