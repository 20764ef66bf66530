// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.postgres.Sql;

/**
 * An event table on the target, made from the source's: the same names and types, nothing required but the key, which is
 * {@code (node, id)}. It only ever grows.
 *
 * @param name qualified and quoted
 */
record TargetTable(String name) {
    private static final String COLUMNS = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, -1) FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            """;

    private static final String KEY = """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_index i
              WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
                AND (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_catalog.pg_attribute a
                     WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])) = '{id,node}')
            """;

    TargetTable(String schema, String table) {
        this(Sql.name(schema, table));
    }

    /** What has to be done so that rows of this shape fit; empty when nothing has to. */
    List<String> changes(Connection connection, SourceTable source) throws SQLException, ShippingException {
        Map<String, String> columns = columns(connection);
        if (columns.isEmpty()) {
            return List.of(source.columns().stream()
                    .map(TargetTable::definition)
                    .collect(Collectors.joining(
                            ", ",
                            "CREATE TABLE IF NOT EXISTS " + name + " (node text NOT NULL, ",
                            ", PRIMARY KEY (node, id))")));
        }
        if (!columns.containsKey(SourceTable.NODE) || !isKeyed(connection)) {
            throw new ShippingException(
                    Kind.TABLE,
                    "the target's table " + name + " was not made by pbx-ha: it has no unique key (node, id)",
                    "Give events a schema of its own on the target.",
                    null);
        }
        return source.columns().stream()
                .filter(column -> !columns.containsKey(column.name()))
                .map(column -> "ALTER TABLE " + name + " ADD COLUMN IF NOT EXISTS " + Sql.name(column.name()) + " "
                        + column.type())
                .toList();
    }

    private static String definition(Column column) {
        return Sql.name(column.name()) + " " + column.type()
                + (column.name().equals(SourceTable.ID) ? " NOT NULL" : "");
    }

    private boolean isKeyed(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEY)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Its columns with their types, without modifiers. */
    private Map<String, String> columns(Connection connection) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.put(row.getString(1), row.getString(2));
                }
            }
        }
        return columns;
    }

    /**
     * The statement that takes the node, then one array of texts for each column, and leaves rows alone that are there. A
     * cast to a type with its length would silently cut what is too long; without the length PostgreSQL refuses it.
     */
    String insert(Connection connection, SourceTable source) throws SQLException {
        Map<String, String> types = columns(connection);
        List<String> names = new ArrayList<>();
        List<String> aliases = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Column column : source.columns()) {
            String alias = "c" + names.size();
            names.add(Sql.name(column.name()));
            aliases.add(alias);
            values.add(alias + "::" + types.get(column.name()));
        }
        String arrays = String.join(", ", Collections.nCopies(names.size(), "?::text[]"));
        return "INSERT INTO " + name + " (node, " + String.join(", ", names) + ") SELECT ?, "
                + String.join(", ", values) + " FROM unnest(" + arrays + ") AS t (" + String.join(", ", aliases)
                + ") ON CONFLICT (node, id) DO NOTHING";
    }
}
