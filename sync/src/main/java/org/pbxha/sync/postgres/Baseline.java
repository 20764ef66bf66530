// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A moment in the life of a database that both nodes had in common: the one of which a snapshot was sent, or in which one
 * was applied. {@link WrittenRows} tells from it what has been written since.
 *
 * @param database oid of the database: another one means that it has been replaced since
 * @param snapshot the transactions that were over then, as PostgreSQL's type txid_snapshot writes them
 * @param applied the transaction that applied the snapshot, whose rows are the common ones; 0 where none was applied
 * @param rows number of rows of each replicated table then
 */
public record Baseline(long database, String snapshot, long applied, Map<String, Long> rows) {
    public Baseline {
        rows = Collections.unmodifiableMap(new TreeMap<>(rows));
    }

    /** This moment: that of the transaction which the connection is in. */
    static Baseline read(Connection connection, Map<String, Long> rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT d.oid, txid_current_snapshot()::text,"
                        + " coalesce(txid_current_if_assigned(), 0) FROM pg_catalog.pg_database d"
                        + " WHERE d.datname = current_database()")) {
            row.next();
            return new Baseline(row.getLong(1), row.getString(2), row.getLong(3), rows);
        }
    }
}
