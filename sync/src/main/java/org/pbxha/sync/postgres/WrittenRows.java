// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/**
 * What has been written to the replicated tables since a {@link Baseline}. Each row says itself which transaction wrote it,
 * so neither a crash of the server nor a rolled back transaction nor statistics that lag can make the numbers wrong; and
 * reading the tables is all that is needed. A table that is rewritten as a whole, by a change of its shape, counts as
 * written.
 *
 * @param tables those that have changed, in the order of their names
 * @param untold tables of which it could not be told, each with the reason
 */
public record WrittenRows(List<Table> tables, List<String> untold) {
    /** Transaction ids in the rows are the lower halves of those that PostgreSQL counts with. */
    private static final long LOWER_HALF = 0xffff_ffffL;

    /** More transactions than can begin while the tables are read. */
    private static final long MARGIN = 1_000_000;

    private static final String CANCELLED = "57014";
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final String NO_TIME = "there was no time left to count its rows";

    /**
     * One table.
     *
     * @param name without the schema
     * @param written rows in it that were inserted or changed
     * @param gone rows of then that have been changed or deleted
     */
    public record Table(String name, long written, long gone) {}

    public WrittenRows {
        tables = List.copyOf(tables);
        untold = List.copyOf(untold);
    }

    /**
     * Counts, and takes little longer than the limit: tables that come too late are untold.
     *
     * @throws ReplicationException when the database cannot be read, or is another one than that of the baseline
     */
    public static WrittenRows since(ConnectionSource source, Selection selection, Baseline baseline, Duration limit)
            throws ReplicationException {
        try (Connection connection = source.open()) {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(limit.plus(GRACE).toMillis()));
            Sql.prepare(connection);
            return new Reading(connection, selection, baseline, System.nanoTime() + limit.toNanos()).all();
        } catch (SQLException e) {
            throw SqlErrors.explain(e, "counting what was written");
        }
    }

    private record Reading(Connection connection, Selection selection, Baseline baseline, long endNanos) {
        WrittenRows all() throws SQLException, ReplicationException {
            long next = nextTransaction();
            List<Table> changed = new ArrayList<>();
            List<String> untold = new ArrayList<>();
            Map<String, Boolean> tables = new Catalogue(connection, selection).tables();
            for (Map.Entry<String, Boolean> table : tables.entrySet()) {
                long millis = (endNanos - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    untold.add(table.getKey() + ": " + NO_TIME);
                    continue;
                }
                try {
                    Sql.run(connection, "SET statement_timeout = " + millis);
                    Table read = read(table.getKey(), table.getValue(), next);
                    if (read.written() > 0 || read.gone() > 0) {
                        changed.add(read);
                    }
                } catch (SQLException e) {
                    untold.add(table.getKey() + ": " + why(e));
                }
            }
            baseline.rows().keySet().stream()
                    .filter(table -> !tables.containsKey(table))
                    .forEach(table -> untold.add(table + ": the table is there no more"));
            return new WrittenRows(changed, untold);
        }

        /** The next transaction of this database's server, when it is still the one of the baseline. */
        private long nextTransaction() throws SQLException, ReplicationException {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT d.oid = ?, txid_snapshot_xmax(txid_current_snapshot()),"
                            + " txid_snapshot_xmax(?::txid_snapshot) FROM pg_catalog.pg_database d"
                            + " WHERE d.datname = current_database()")) {
                statement.setLong(1, baseline.database());
                statement.setString(2, baseline.snapshot());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (!row.getBoolean(1) || row.getLong(2) < row.getLong(3)) {
                        throw new ReplicationException(
                                Reason.DATABASE, "the database has been replaced since the last replication", null);
                    }
                    return row.getLong(2);
                }
            }
        }

        private Table read(String name, boolean partitioned, long next) throws SQLException {
            String table = Sql.from(selection.schema(), name, partitioned);
            try (PreparedStatement statement = connection.prepareStatement("SELECT count(*), count(*) FILTER"
                    + " (WHERE id <> ? AND NOT txid_visible_in_snapshot(id, ?::txid_snapshot))"
                    + " FROM (SELECT ?::bigint - ((?::bigint - xmin::text::bigint) & ?) AS id FROM " + table + ") t")) {
                statement.setLong(1, baseline.applied());
                statement.setString(2, baseline.snapshot());
                statement.setLong(3, next + MARGIN);
                statement.setLong(4, next + MARGIN);
                statement.setLong(5, LOWER_HALF);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    long written = row.getLong(2);
                    long kept = row.getLong(1) - written;
                    long then = baseline.rows().getOrDefault(name, 0L);
                    return new Table(name, written, Math.max(0, then - kept));
                }
            }
        }

        private static String why(SQLException error) {
            return CANCELLED.equals(error.getSQLState())
                    ? NO_TIME
                    : String.valueOf(SqlErrors.explain(error, "counting").getMessage());
        }
    }
}
