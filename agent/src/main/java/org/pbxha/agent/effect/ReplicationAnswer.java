// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

/**
 * What the slave says when it has applied a snapshot.
 *
 * @param tables number of tables
 * @param rows number of rows in all of them
 * @param millis from the first byte to the end of the commit
 */
record ReplicationAnswer(int tables, long rows, long millis) {}
