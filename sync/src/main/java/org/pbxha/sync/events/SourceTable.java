// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.postgres.Sql;

/**
 * The shape of a table on the source.
 *
 * @param columns in their order; one of them is {@code id}
 */
record SourceTable(List<Column> columns) {
    /** The column that tells rows apart, and the target's column that tells nodes apart. */
    static final String ID = "id";

    static final String NODE = "node";

    /** Whether it is an ordinary table, and has an integer id that is never null and unique by itself. */
    private static final String KEY = """
            SELECT c.relkind = 'r',
              coalesce(a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype), false),
              coalesce(a.attnotnull AND EXISTS (
                SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid
                  AND i.indpred IS NULL AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum), false)
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id' AND NOT a.attisdropped
            WHERE c.oid = to_regclass(?)
            """;

    private static final String COLUMNS = """
            SELECT a.attname,
              CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace
                THEN pg_catalog.format_type(a.atttypid, a.atttypmod) ELSE 'text' END
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

    SourceTable {
        columns = List.copyOf(columns);
    }

    /** Says why a table cannot be shipped; returns when it can. */
    static void check(Connection connection, String schema, String table) throws SQLException, ShippingException {
        String name = Sql.name(schema, table);
        try (PreparedStatement statement = connection.prepareStatement(KEY)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw cannot(table, "this node's database has no table " + schema + "." + table);
                }
                if (!row.getBoolean(1)) {
                    throw cannot(table, "it is no ordinary table");
                }
                if (!row.getBoolean(2)) {
                    throw cannot(table, "it has no integer column id, so its rows cannot be told apart");
                }
                if (!row.getBoolean(3)) {
                    throw cannot(
                            table,
                            "its column id is no primary key and not otherwise unique and never null, so its rows cannot be"
                                    + " told apart");
                }
            }
        }
    }

    static SourceTable read(Connection connection, String schema, String table) throws SQLException, ShippingException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, Sql.name(schema, table));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new Column(row.getString(1), row.getString(2)));
                }
            }
        }
        if (columns.stream().anyMatch(column -> column.name().equals(NODE))) {
            throw cannot(table, "it has a column of its own called node");
        }
        return new SourceTable(columns);
    }

    /** The id in a row's texts. */
    String idOf(String[] row) {
        int at = columns.stream().map(Column::name).toList().indexOf(ID);
        return String.valueOf(row[at]);
    }

    private static ShippingException cannot(String table, String why) {
        return new ShippingException(
                Kind.TABLE, table + " cannot be shipped: " + why, "Leave it out of events.tables.", null);
    }
}
