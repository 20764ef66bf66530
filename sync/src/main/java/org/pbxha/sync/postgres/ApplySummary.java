// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was applied.
 *
 * @param rowsByTable number of rows of each replicated table
 * @param baseline what both nodes have in common from now on
 * @param took from the first byte to the end of the commit
 */
public record ApplySummary(Map<String, Long> rowsByTable, Baseline baseline, Duration took) {
    public ApplySummary {
        rowsByTable = Collections.unmodifiableMap(new TreeMap<>(rowsByTable));
    }

    /** Number of replicated tables. */
    public int tables() {
        return rowsByTable.size();
    }

    /** Number of rows in all of them. */
    public long rows() {
        return rowsByTable.values().stream().mapToLong(Long::longValue).sum();
    }
}
