// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What replication would do with each table of one node's database. Reading it changes nothing.
 *
 * @param database its name
 * @param schema the schema that is covered
 * @param tables in the order of their names
 * @param unmatchedCategories categories that match no table, and have another fate than unnamed tables
 * @param unmatchedNames other names and patterns that match no table
 * @param unnamed what happens to tables that no rule names
 * @param obstacles what is not copied, or not as one might think, each with the reason
 * @param borders foreign keys between a replicated table and one that is not
 * @param largeObjects number of large objects, which are never copied
 */
public record ReplicationPlan(
        String database,
        String schema,
        List<Table> tables,
        List<Unmatched> unmatchedCategories,
        List<Unmatched> unmatchedNames,
        Selection.Fate unnamed,
        List<Obstacle> obstacles,
        List<Border> borders,
        long largeObjects) {

    /** What happens to a table. */
    public enum Fate {
        /** The slave's rows become the master's. */
        REPLICATED,
        /** Each node keeps its own rows. */
        LEFT_ALONE,
        /** It says which version the schema has: its rows must be equal on both nodes, and are never copied. */
        COMPARED
    }

    /**
     * A table.
     *
     * @param name without the schema
     * @param category its category, or empty when no rule names it
     * @param rows how many, or -1 when that is not known
     * @param estimated whether that is PostgreSQL's estimate and not a count
     * @param bytes size on the disk with indexes
     */
    public record Table(String name, Fate fate, String category, long rows, boolean estimated, long bytes) {}

    /** Names or patterns of a category that match no table. */
    public record Unmatched(String category, Selection.Fate fate, List<String> names) {
        public Unmatched {
            names = List.copyOf(names);
        }
    }

    /** Something that is not copied, or not as one might think. */
    public record Obstacle(String what, String why) {}

    /**
     * A foreign key between a replicated table and one that is not.
     *
     * @param table the one that refers
     * @param target the one that is referred to
     * @param name of the foreign key
     */
    public record Border(String table, String target, String name) {}

    public ReplicationPlan {
        tables = List.copyOf(tables);
        unmatchedCategories = List.copyOf(unmatchedCategories);
        unmatchedNames = List.copyOf(unmatchedNames);
        obstacles = List.copyOf(obstacles);
        borders = List.copyOf(borders);
    }

    /**
     * Reads the plan for a database.
     *
     * @throws ReplicationException when the database cannot be read
     */
    public static ReplicationPlan read(ConnectionSource source, Selection selection) throws ReplicationException {
        try (Connection connection = source.open()) {
            Sql.prepare(connection);
            Sql.run(connection, "SET default_transaction_read_only = on");
            return new PlanReader(connection, selection).read();
        } catch (SQLException e) {
            throw Blockers.explain(e, "reading the database", source, selection);
        }
    }

    /** The tables that no rule names. */
    List<String> unnamedTables() {
        return tables.stream()
                .filter(table -> table.category().isEmpty())
                .map(Table::name)
                .toList();
    }
}
