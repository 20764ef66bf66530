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
 * @param bootId the kernel's boot id at that time; another one now means the host has rebooted
 * @param since when the service state last moved
 * @param row the rule that wrote this record
 * @param reason its reason, one line
 */
public record NodeState(Role role, State state, String bootId, Instant since, int row, String reason) {}
