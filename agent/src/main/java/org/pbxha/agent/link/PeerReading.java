// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import org.jspecify.annotations.Nullable;

/**
 * What the link knows of the peer.
 *
 * @param heard whether the peer has been heard since this agent started
 * @param heardNanos when it was heard last, on the clock of {@link System#nanoTime()}; without meaning when never
 * @param report what it said last, null before it has said anything
 * @param problem why the last request of this node to the peer failed, null when it did not
 */
public record PeerReading(
        boolean heard,
        long heardNanos,
        @Nullable AgentReport report,
        @Nullable String problem) {
    /** Nothing has been heard yet. */
    public static final PeerReading NOTHING = new PeerReading(false, 0, null, null);

    PeerReading heard(long nanos, AgentReport said) {
        return new PeerReading(true, nanos, said, problem);
    }

    PeerReading answered() {
        return new PeerReading(heard, heardNanos, report, null);
    }

    PeerReading failed(String why) {
        return new PeerReading(heard, heardNanos, report, why);
    }
}
