// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.time.Duration;
import java.util.List;

/**
 * What was sent.
 *
 * @param sent the tables of which anything was sent, in order
 * @param tables number of tables that the snapshot covers
 * @param bytes length of the stream, compressed
 * @param baseline what both nodes have in common when it has been applied
 * @param unmatchedExclusions excluded tables that this database does not have, and categories of which it has none
 * @param took from the first lock to the last byte
 */
public record SnapshotSummary(
        List<Table> sent, int tables, long bytes, Baseline baseline, List<String> unmatchedExclusions, Duration took) {
    public SnapshotSummary {
        sent = List.copyOf(sent);
        unmatchedExclusions = List.copyOf(unmatchedExclusions);
    }

    /**
     * One table of which something was sent.
     *
     * @param name without the schema
     * @param whole whether all of its rows were, and not only those that changed
     * @param rows number of rows and keys sent
     * @param bytes of the stream that it took, roughly: compression works in blocks
     * @param took to read and send it
     */
    public record Table(String name, boolean whole, long rows, long bytes, Duration took) {}

    /** Number of rows of all tables together, sent or not. */
    public long rows() {
        return baseline.rows().values().stream().mapToLong(Long::longValue).sum();
    }
}
