// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables that are as the last replication left them, whoever may have been at this database since.
 *
 * @param moment when they were looked at. What somebody writes between this look and the next snapshot's commit is later
 *     than it, and so the next look finds it
 * @param rows number of rows of each such table
 */
public record IntactTables(Baseline moment, Map<String, Long> rows) {
    public IntactTables {
        rows = Collections.unmodifiableMap(new TreeMap<>(rows));
    }

    /**
     * Looks, in one read-only transaction.
     *
     * @param last what the last replication left, empty when there was none: no table is intact then
     * @throws ReplicationException when the database cannot be read
     */
    public static IntactTables read(ConnectionSource source, Selection selection, Optional<Baseline> last)
            throws ReplicationException {
        try (Connection connection = source.open()) {
            Sql.prepare(connection);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            Map<String, Long> rows = new TreeMap<>();
            Baseline moment = Baseline.read(connection, Map.of());
            if (last.isPresent()) {
                count(connection, selection, last.get(), rows);
            }
            connection.commit();
            return new IntactTables(moment, rows);
        } catch (SQLException e) {
            throw SqlErrors.explain(e, "looking for tables that are unchanged");
        }
    }

    private static void count(Connection connection, Selection selection, Baseline last, Map<String, Long> rows)
            throws SQLException {
        Optional<RowAges> ages = RowAges.since(connection, last);
        if (ages.isEmpty()) {
            return;
        }
        for (Map.Entry<String, Boolean> table :
                new Catalogue(connection, selection).tables().entrySet()) {
            RowAges.Count count = ages.get().count(Sql.from(selection.schema(), table.getKey(), table.getValue()));
            Long then = last.rows().get(table.getKey());
            if (then != null && count.later() == 0 && count.rows() == then) {
                rows.put(table.getKey(), then);
            }
        }
    }
}
