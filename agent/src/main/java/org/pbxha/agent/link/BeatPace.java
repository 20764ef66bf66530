// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which heartbeats are worth sending. The peer's own requests carry the report of either node, so that while they come at
 * the usual pace few more are needed; an idle pair then pays for half of the requests.
 */
final class BeatPace {
    /** After so many, one is sent all the same: whether the peer answers is worth knowing before it is needed. */
    static final int MOST_SKIPPED = 9;

    private final LongSupplier nanoTime;
    private volatile @Nullable Long askedNanos;
    private int skipped;

    /** Nothing has been asked yet; {@code nanoTime} is {@link System#nanoTime()}. */
    BeatPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The peer has sent a heartbeat; called by the thread that takes it. */
    void asked() {
        askedNanos = nanoTime.getAsLong();
    }

    /**
     * Whether to send one now; called once each turn, by one thread.
     *
     * @param interval the usual pause between two
     * @param news whether this node has something new to say
     */
    boolean isDue(Duration interval, boolean news) {
        Long asked = askedNanos;
        boolean told = asked != null && nanoTime.getAsLong() - asked <= interval.toNanos();
        if (told && !news && skipped < MOST_SKIPPED) {
            skipped++;
            return false;
        }
        skipped = 0;
        return true;
    }
}
