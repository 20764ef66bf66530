// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;

/**
 * Where the repair of this node's Asterisk stands.
 *
 * @param tries begun since the last ones were forgotten
 * @param spent on the run that is under way, or on the last one
 */
public record RepairProgress(Phase phase, int tries, Duration spent) {
    /** What the repair is doing. */
    public enum Phase {
        /** Nothing was asked for, or it was cancelled. */
        IDLE,
        /** A try is under way. */
        RUNNING,
        /** Asterisk answers again. */
        DONE,
        /** It does not, or did not for long, and there is no try left: repair does not help here. */
        EXHAUSTED
    }
}
