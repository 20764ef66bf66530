// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.List;
import java.util.Map;

/**
 * What a snapshot's stream brings of each table. It follows the manifest.
 *
 * @param tables by name, every table of the manifest
 */
record Contents(Map<String, Content> tables) {
    /** A piece of a table's content. */
    enum Part {
        /** All rows: those of before go. */
        WHOLE,
        /** Rows that are new or changed: they take the place of those with the same key. */
        ROWS,
        /** The keys of all rows: those with other keys go. */
        KEYS
    }

    /**
     * One table.
     *
     * @param parts in the order in which they follow and are applied; none when the receiver has the table already
     * @param rows how many rows the table has in the end; negative when the parts say it themselves
     * @param key columns of the primary key, empty when no part needs it
     */
    record Content(List<Part> parts, long rows, List<String> key) {
        static final Content WHOLE = new Content(List.of(Part.WHOLE), -1, List.of());

        static Content unchanged(long rows) {
            return new Content(List.of(), rows, List.of());
        }

        /** Whether all of its rows are replaced. */
        boolean comesWhole() {
            return !parts.isEmpty() && parts.get(0) == Part.WHOLE;
        }

        /** Whether the table stays as it is. */
        boolean isUnchanged() {
            return parts.isEmpty();
        }
    }

    /** What comes of a table; all of it, when nothing is said. */
    Content of(String table) {
        return tables.getOrDefault(table, Content.WHOLE);
    }
}
