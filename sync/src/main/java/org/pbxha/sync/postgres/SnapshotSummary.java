// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.time.Duration;
import java.util.List;

/**
 * What was sent.
 *
 * @param tables number of tables
 * @param rows number of rows in them
 * @param bytes length of the stream
 * @param baseline what both nodes have in common when it has been applied
 * @param unmatchedExclusions excluded tables that this database does not have, and categories of which it has none
 * @param took from the first lock to the last byte
 */
public record SnapshotSummary(
        int tables, long rows, long bytes, Baseline baseline, List<String> unmatchedExclusions, Duration took) {
    public SnapshotSummary {
        unmatchedExclusions = List.copyOf(unmatchedExclusions);
    }
}
