// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The foreign keys on or towards replicated tables. They are dropped while rows are replaced, in any order and in
 * cycles, and made again exactly as they were; PostgreSQL checks every row then.
 */
final class ForeignKeys {
    /** Those of partitions come and go with their parent's. */
    private static final String QUERY = Tables.WITH_REPLICATED + """
            SELECT con.conrelid::regclass::text, quote_ident(con.conname), pg_get_constraintdef(con.oid),
              quote_literal(obj_description(con.oid, 'pg_constraint'))
            FROM pg_constraint con
            WHERE con.contype = 'f' AND con.conparentid = 0
              AND (con.conrelid IN (SELECT oid FROM replicated) OR con.confrelid IN (SELECT oid FROM replicated))
            ORDER BY con.oid
            """;

    private record Key(
            String table,
            String name,
            String definition,
            @Nullable String comment) {}

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
                keys.add(new Key(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
            }
        }
        return new ForeignKeys(connection, keys);
    }

    void drop() throws SQLException {
        for (Key key : keys) {
            Sql.run(connection, "ALTER TABLE " + key.table() + " DROP CONSTRAINT " + key.name());
        }
    }

    void restore() throws SQLException, ReplicationException {
        for (Key key : keys) {
            String alter = "ALTER TABLE " + key.table() + " ADD CONSTRAINT " + key.name() + " " + key.definition();
            try {
                Sql.run(connection, alter);
            } catch (SQLException e) {
                throw SqlErrors.explain(e, "foreign key " + key.name() + " of " + key.table());
            }
            if (key.comment() != null) {
                Sql.run(
                        connection,
                        "COMMENT ON CONSTRAINT " + key.name() + " ON " + key.table() + " IS " + key.comment());
            }
        }
    }
}
