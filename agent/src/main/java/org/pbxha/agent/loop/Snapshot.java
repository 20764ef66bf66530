// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.loop;

import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Rule;
import org.pbxha.agent.state.NodeState;

/**
 * What the last cycle saw and decided, for everyone who asks.
 *
 * @param node the persisted state
 * @param facts what the decision rested on
 * @param rule the row that matched
 */
public record Snapshot(NodeState node, Facts facts, Rule rule) {}
