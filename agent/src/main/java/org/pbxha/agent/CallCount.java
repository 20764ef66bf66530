// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.LongToIntFunction;

/**
 * How many calls this node has, fresh enough to give telephony away: once SIP is closed only a count from after that moment
 * says that no call is left, because one may have begun just before.
 */
final class CallCount {
    /** Longer than the pause between two counts: a count that is due any moment is not unknown. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final LongToIntFunction since;
    private final LongSupplier nanoTime;
    private boolean closed;
    private long closedNanos;

    /**
     * A count of this node.
     *
     * @param since the calls as counted no earlier than at a moment, negative while nobody knows
     * @param nanoTime {@link System#nanoTime()}
     */
    CallCount(LongToIntFunction since, LongSupplier nanoTime) {
        this.since = since;
        this.nanoTime = nanoTime;
    }

    /**
     * The calls now, negative while nobody knows; called each cycle.
     *
     * @param sipClosed whether SIP is seen to be closed
     */
    int read(boolean sipClosed) {
        long now = nanoTime.getAsLong();
        if (sipClosed && !closed) {
            closedNanos = now;
        }
        closed = sipClosed;
        return since.applyAsInt(closed ? closedNanos : now - FRESH.toNanos());
    }
}
