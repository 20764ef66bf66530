// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import java.time.Instant;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.State;

/**
 * One record of the state file: the decision core's state and what explains it.
 *
 * @param role role for which the state was written
 * @param state what the rules work on
 * @param pause an operator's pause of the pair
 * @param bootId the kernel's boot id at that time; another one now means the host has rebooted
 * @param since when the service state last moved
 * @param row the rule that wrote this record
 * @param reason its reason, one line
 */
public record NodeState(Role role, State state, Pause pause, String bootId, Instant since, int row, String reason) {
    /** A record of a node that is not paused. */
    public NodeState(Role role, State state, String bootId, Instant since, int row, String reason) {
        this(role, state, Pause.NONE, bootId, since, row, reason);
    }

    /** The same node in another state. */
    public NodeState with(State next) {
        return new NodeState(role, next, pause, bootId, since, row, reason);
    }

    /** The same node, paused or no longer. */
    public NodeState with(Pause next) {
        return new NodeState(role, state, next, bootId, since, row, reason);
    }

    /** The same node after another boot. */
    public NodeState after(String boot) {
        return new NodeState(role, state, pause, boot, since, row, reason);
    }

    /** The same node with another explanation. */
    public NodeState explained(Instant moved, int rule, String why) {
        return new NodeState(role, state, pause, bootId, moved, rule, why);
    }
}
