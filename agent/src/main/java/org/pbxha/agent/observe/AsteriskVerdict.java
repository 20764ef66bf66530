// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.time.Duration;

/**
 * How this node's Asterisk is.
 *
 * @param since for how long the condition has held, as far as it was looked at
 * @param why one sentence for a person
 */
public record AsteriskVerdict(Condition condition, Duration since, String why) {
    /** What may be done about it depends on this alone. */
    public enum Condition {
        /** It answers SIP. */
        SERVING,
        /** The process is there and has not finished loading. */
        STARTING,
        /** An operator stopped it or stops it, or the gate kept it from starting. */
        STOPPED_ON_PURPOSE,
        /** The process ended, and nobody had asked for it. */
        CRASHED,
        /** The process is there, and two independent ways to ask it stay silent, SIP one of them. */
        HUNG,
        /** The process is there and well, but SIP stays silent. */
        DEAF,
        /** The signals are too few, too old or contradict each other. */
        UNKNOWN
    }
}
