// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.util.List;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;

/** For the proof that each invariant can fail. */
final class Broken {
    private Broken() {}

    /** How these rules break this invariant, empty when they do not. */
    static String how(long seed, Decider worse, Invariant invariant) {
        try {
            Simulation.run(seed, worse, List.of(invariant));
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    static State standingBy(State state) {
        return state.moveTo(ServiceState.STANDBY, state.epoch());
    }

    /** The other service state, in a new epoch. */
    static State swapped(State state) {
        boolean active = state.service() == ServiceState.ACTIVE;
        return state.moveTo(active ? ServiceState.STANDBY : ServiceState.ACTIVE, state.epoch() + 1);
    }
}
