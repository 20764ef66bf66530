// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.util.List;

/**
 * What one cycle decided. The state is to be persisted before the actions are carried out.
 *
 * @param state the state from now on
 * @param actions what is to be done, none when all is as it should be
 * @param rule the row that matched
 */
public record Decision(State state, List<Action> actions, Rule rule) {}
