// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

/**
 * What the slave says when it has read a snapshot.
 *
 * @param applied whether it has applied it; if not, rows were deleted on the master and their tables are to be sent again
 *     with keys
 * @param generation the name of what both nodes have now
 * @param tables number of replicated tables
 * @param rows number of rows in all of them
 * @param millis from the first byte to the end of the commit
 */
record ReplicationAnswer(boolean applied, String generation, int tables, long rows, long millis) {
    static final ReplicationAnswer ROWS_GONE = new ReplicationAnswer(false, "", 0, 0, 0);
}
