// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What replication covers: every table of a schema except those that belong to each node alone. Both nodes must have
 * the same selection.
 *
 * @param schema usually public
 * @param excludedTables tables that are neither sent nor overwritten whatever the categories say, with the sequences
 *     that belong to them
 * @param versionTables tables that hold the schema's version (alembic_version); their rows must be equal on both nodes,
 *     and are never overwritten
 * @param categories rules for tables; a table's own name wins over a pattern, otherwise the first category that matches
 * @param unnamed what happens to a table that no rule names
 */
public record Selection(
        String schema,
        Set<String> excludedTables,
        List<String> versionTables,
        List<Category> categories,
        Fate unnamed) {
    private static final String ID_SEQUENCE = "_id_seq";

    /** What happens to a table. */
    public enum Fate {
        /** The slave's rows become the master's. */
        REPLICATE,
        /** Each node keeps its own rows. */
        LEAVE
    }

    /**
     * Tables that belong together.
     *
     * @param name for people and for overrides, such as call-records
     * @param tables names, or patterns in which {@code *} stands for any letters
     */
    public record Category(String name, List<String> tables, Fate fate) {
        public Category {
            tables = List.copyOf(tables);
        }

        private boolean matches(String table) {
            return tables.stream().anyMatch(pattern -> Selection.matches(pattern, table));
        }
    }

    public Selection {
        excludedTables = Set.copyOf(excludedTables);
        versionTables = List.copyOf(versionTables);
        categories = List.copyOf(categories);
    }

    /** Everything but these tables and the version tables. */
    public Selection(String schema, Set<String> excludedTables, List<String> versionTables) {
        this(schema, excludedTables, versionTables, List.of(), Fate.REPLICATE);
    }

    /** Whether a table stays out. */
    boolean excludes(String table) {
        return excludedTables.contains(table)
                || versionTables.contains(table)
                || category(table).map(Category::fate).orElse(unnamed) == Fate.LEAVE;
    }

    /** Whether a sequence stays out: with the table that owns it, or by the usual name of an id sequence. */
    boolean excludesSequence(String sequence, String ownerTable) {
        String byName = sequence.endsWith(ID_SEQUENCE)
                ? sequence.substring(0, sequence.length() - ID_SEQUENCE.length())
                : sequence;
        if (ownerTable.isEmpty()) {
            return excludes(byName);
        }
        return excludes(ownerTable) || (names(byName) && excludes(byName));
    }

    /** The category of a table, empty when no rule names it. */
    Optional<Category> category(String table) {
        return categories.stream()
                .filter(category -> category.tables().contains(table))
                .findFirst()
                .or(() -> categories.stream()
                        .filter(category -> category.matches(table))
                        .findFirst());
    }

    /** Whether some rule speaks of a table. */
    boolean names(String table) {
        return excludedTables.contains(table)
                || versionTables.contains(table)
                || category(table).isPresent();
    }

    /** Whether a name or pattern of a category means a table. */
    static boolean matches(String pattern, String table) {
        return pattern.indexOf('*') < 0
                ? pattern.equals(table)
                : Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", table);
    }
}
