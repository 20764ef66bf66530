// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.Map;

/**
 * What a slave has.
 *
 * @param generation the name of what was replicated to it last; empty when nothing is known
 * @param intact the tables that are as that replication left them, with their numbers of rows
 */
record ReplicaState(String generation, Map<String, Long> intact) {}
