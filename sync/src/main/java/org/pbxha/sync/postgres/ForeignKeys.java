// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/**
 * The foreign keys on or towards replicated tables. They are dropped while rows are replaced, in any order and in
 * cycles, and made again exactly as they were; PostgreSQL checks every row then. Among them are those of tables that are not
 * replicated, this node's or the customer's own: their rows may refer to what the master does not have.
 */
final class ForeignKeys {
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** Those of partitions come and go with their parent's. */
    private static final String QUERY = Tables.WITH_REPLICATED + """
            SELECT con.conrelid::regclass::text, quote_ident(con.conname), pg_get_constraintdef(con.oid),
              quote_literal(obj_description(con.oid, 'pg_constraint')), con.oid
            FROM pg_constraint con
            WHERE con.contype = 'f' AND con.conparentid = 0
              AND (con.conrelid IN (SELECT oid FROM replicated) OR con.confrelid IN (SELECT oid FROM replicated))
            ORDER BY con.oid
            """;

    private record Key(
            String table,
            String name,
            String definition,
            @Nullable String comment,
            Reference reference) {}

    private final Connection connection;
    private final List<Key> keys;

    private ForeignKeys(Connection connection, List<Key> keys) {
        this.connection = connection;
        this.keys = keys;
    }

    static ForeignKeys read(Connection connection, String schema, List<String> tables) throws SQLException {
        List<Key> keys = new ArrayList<>();
        try (PreparedStatement statement = Tables.prepare(connection, QUERY, schema, tables);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                keys.add(new Key(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Reference.read(connection, row.getLong(5))));
            }
        }
        return new ForeignKeys(connection, keys);
    }

    void drop() throws SQLException {
        for (Key key : keys) {
            Sql.run(connection, "ALTER TABLE " + key.table() + " DROP CONSTRAINT " + key.name());
        }
    }

    /**
     * Makes them again.
     *
     * @throws ReplicationException with all keys that rows break, and which rows
     */
    void restore() throws SQLException, ReplicationException {
        List<Difference> broken = new ArrayList<>();
        for (Key key : keys) {
            Savepoint before = connection.setSavepoint();
            try {
                restore(key);
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                if (!FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
                    throw SqlErrors.explain(e, "foreign key " + key.name() + " of " + key.table());
                }
                connection.rollback(before);
                broken.add(new Difference("foreign key " + key.name() + " of " + key.table(), rows(key, before)));
            }
        }
        if (!broken.isEmpty()) {
            throw new ReplicationException(
                    Reason.CONSTRAINT,
                    "foreign keys would break:\n" + String.join("\n", Difference.lines(broken)),
                    null);
        }
    }

    private void restore(Key key) throws SQLException {
        Sql.run(connection, "ALTER TABLE " + key.table() + " ADD CONSTRAINT " + key.name() + " " + key.definition());
        if (key.comment() != null) {
            Sql.run(connection, "COMMENT ON CONSTRAINT " + key.name() + " ON " + key.table() + " IS " + key.comment());
        }
    }

    private String rows(Key key, Savepoint before) throws SQLException {
        try {
            return key.reference().broken(connection);
        } catch (SQLException e) {
            // It only explains: types whose operators are elsewhere cannot be compared here.
            connection.rollback(before);
            return "which rows could not be told (SQLSTATE " + e.getSQLState() + ")";
        }
    }
}
