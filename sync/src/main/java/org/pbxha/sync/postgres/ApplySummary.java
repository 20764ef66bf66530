// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was applied.
 *
 * @param changed the tables that were written, sorted
 * @param baseline what both nodes have in common from now on
 * @param took from the first byte to the end of the commit
 */
public record ApplySummary(List<String> changed, Baseline baseline, Duration took) {
    public ApplySummary {
        changed = List.copyOf(changed);
    }

    /** Number of rows of each replicated table. */
    public Map<String, Long> rowsByTable() {
        return baseline.rows();
    }

    /** Number of replicated tables. */
    public int tables() {
        return rowsByTable().size();
    }

    /** Number of rows in all of them. */
    public long rows() {
        return rowsByTable().values().stream().mapToLong(Long::longValue).sum();
    }
}
