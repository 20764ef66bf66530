// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Tells the rows that a database had at a {@link Baseline} from those that came later, by the transaction that wrote each.
 * In doubt a row counts as later: it is then only copied once more.
 *
 * <p>Rows older than the oldest transaction that was running at the baseline were there. That horizon, and not the list
 * of running transactions, because savepoints have ids of their own which no such list names. PostgreSQL's {@code age()}
 * compares ids within their circle of four thousand million; a row outside its half counts as later, and a frozen one
 * keeps its id.
 */
final class RowAges {
    /** Less than half of the circle of transaction ids. */
    private static final long REACH = 2_000_000_000L;

    private final Connection connection;
    private final String then;

    private RowAges(Connection connection, String then) {
        this.connection = connection;
        this.then = then;
    }

    /**
     * How many rows a table has.
     *
     * @param rows all of them
     * @param later those of them that the baseline did not have
     */
    record Count(long rows, long later) {
        /** Those that have been there since. */
        long kept() {
            return rows - later;
        }
    }

    /**
     * For the caller's transaction, in which all counting must happen.
     *
     * @return empty when the database is another one than that of the baseline, or too much has happened since
     */
    static Optional<RowAges> since(Connection connection, Baseline baseline) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT d.oid = ?, txid_snapshot_xmax(txid_current_snapshot()) - h.id, age((h.id & 4294967295)::text::xid)
                FROM pg_catalog.pg_database d, (SELECT txid_snapshot_xmin(?::txid_snapshot)) AS h (id)
                WHERE d.datname = current_database()
                """)) {
            statement.setLong(1, baseline.database());
            statement.setString(2, baseline.snapshot());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long since = row.getLong(2);
                if (!row.getBoolean(1) || since < 0 || since > REACH) {
                    return Optional.empty();
                }
                String then = "(age(t.xmin) > " + row.getInt(3) + " OR t.xmin = '" + (baseline.applied() & 0xffff_ffffL)
                        + "'::xid)";
                return Optional.of(new RowAges(connection, then));
            }
        }
    }

    /** A condition on a row of the table {@code t}: it came later. */
    String later() {
        return "NOT " + then;
    }

    /** Counts the rows of a table, of which nothing but the headers is read. */
    Count count(String from) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), count(*) FILTER (WHERE " + later() + ") FROM " + from + " t")) {
            row.next();
            return new Count(row.getLong(1), row.getLong(2));
        }
    }
}
