// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.State;

/**
 * One record of the state file: the decision core's state and what explains it.
 *
 * @param role role for which the state was written
 * @param state what the rules work on
 * @param pause an operator's pause of the pair
 * @param meeting the last meeting of two actives whose consequences no operator has accepted, null when there is none
 * @param bootId the kernel's boot id at that time; another one now means the host has rebooted
 * @param since when the service state last moved
 * @param row the rule that wrote this record
 * @param reason its reason, one line
 */
public record NodeState(
        Role role,
        State state,
        Pause pause,
        @Nullable Meeting meeting,
        String bootId,
        Instant since,
        int row,
        String reason) {
    /** A record of a node that is not paused and has met no other active one. */
    public NodeState(Role role, State state, String bootId, Instant since, int row, String reason) {
        this(role, state, Pause.NONE, null, bootId, since, row, reason);
    }

    /** The same node in another state. */
    public NodeState with(State next) {
        return new NodeState(role, next, pause, meeting, bootId, since, row, reason);
    }

    /** The same node, paused or no longer. */
    public NodeState with(Pause next) {
        return new NodeState(role, state, next, meeting, bootId, since, row, reason);
    }

    /** The same node after a meeting of two actives; null when its consequences are accepted. */
    public NodeState withMeeting(@Nullable Meeting next) {
        return new NodeState(role, state, pause, next, bootId, since, row, reason);
    }

    /** The same node after another boot. */
    public NodeState after(String boot) {
        return new NodeState(role, state, pause, meeting, boot, since, row, reason);
    }

    /** The same node with another explanation. */
    public NodeState explained(Instant moved, int rule, String why) {
        return new NodeState(role, state, pause, meeting, bootId, moved, rule, why);
    }
}
