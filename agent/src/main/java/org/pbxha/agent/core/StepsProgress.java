// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/**
 * Where the run of start or stop steps stands.
 *
 * @param towards the service state that the last run leads to
 * @param phase how far it came
 */
public record StepsProgress(ServiceState towards, Phase phase) {
    /** How far a run came. */
    public enum Phase {
        /** Nothing has run since the agent started, or a failed run is due again. */
        IDLE,
        /** Under way. */
        RUNNING,
        /** Complete. */
        DONE,
        /** A required step failed; the run is repeated after a pause. */
        FAILED
    }

    /** Nothing has run yet. */
    public static StepsProgress idle() {
        return new StepsProgress(ServiceState.STANDBY, Phase.IDLE);
    }
}
