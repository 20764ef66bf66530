// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.List;
import java.util.Set;

/**
 * What replication covers: every table of a schema except those that belong to each node alone. Both nodes must have
 * the same selection.
 *
 * @param schema usually public
 * @param excludedTables tables that are neither sent nor overwritten, with the sequences that belong to them
 * @param versionTables tables that hold the schema's version (alembic_version); their rows must be equal on both nodes
 */
public record Selection(String schema, Set<String> excludedTables, List<String> versionTables) {
    public Selection {
        excludedTables = Set.copyOf(excludedTables);
        versionTables = List.copyOf(versionTables);
    }

    /** Whether a table stays out. */
    boolean excludes(String table) {
        return excludedTables.contains(table);
    }

    /** Whether a sequence stays out: with the table that owns it, or by the usual name of an id sequence. */
    boolean excludesSequence(String sequence, String ownerTable) {
        return excludes(ownerTable) || excludedTables.stream().anyMatch(table -> sequence.equals(table + "_id_seq"));
    }
}
