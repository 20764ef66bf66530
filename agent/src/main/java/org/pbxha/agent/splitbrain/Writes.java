// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node has written that the other does not have, as that node itself tells it.
 *
 * @param asOf when this was so, by the node's clock
 * @param database rows
 * @param files files
 */
public record Writes(Instant asOf, Rows database, Paths files) {
    /**
     * Rows of replicated tables.
     *
     * @param since the last replication, null when there was none
     * @param written rows that were inserted or changed since, in all tables
     * @param gone rows of then that have been changed or deleted since, in all tables
     * @param tables the tables with the most changes, most first
     * @param changed how many tables have changes
     * @param problem what could not be told and why, empty when all could
     */
    public record Rows(
            @Nullable Instant since, long written, long gone, List<Table> tables, int changed, String problem) {
        /** Fills what is missing. */
        @SuppressWarnings("NullAway") // Jackson passes null for what is missing.
        public Rows {
            tables = tables == null ? List.of() : List.copyOf(tables);
            problem = problem == null ? "" : problem;
        }

        /** Nothing is known. */
        public static Rows unknown(String why) {
            return new Rows(null, 0, 0, List.of(), 0, why);
        }
    }

    /**
     * One table.
     *
     * @param name without the schema
     * @param written as for all tables
     * @param gone as for all tables
     */
    public record Table(String name, long written, long gone) {}

    /**
     * Files of synced directories. Files that were deleted leave nothing to count.
     *
     * @param since the last sync that this node sent; without one, since the slave served, or since both did
     * @param count how many have changed since
     * @param newest paths of those that changed last, newest first
     * @param problem what could not be told and why, empty when all could
     */
    public record Paths(@Nullable Instant since, long count, List<String> newest, String problem) {
        /** Fills what is missing. */
        @SuppressWarnings("NullAway") // Jackson passes null for what is missing.
        public Paths {
            newest = newest == null ? List.of() : List.copyOf(newest);
            problem = problem == null ? "" : problem;
        }
    }

    /** Fills what is missing. */
    @SuppressWarnings("NullAway") // Jackson passes null for what is missing.
    public Writes {
        asOf = asOf == null ? Instant.EPOCH : asOf;
        database = database == null ? Rows.unknown("the other node does not say") : database;
        files = files == null ? new Paths(null, 0, List.of(), "the other node does not say") : files;
    }
}
