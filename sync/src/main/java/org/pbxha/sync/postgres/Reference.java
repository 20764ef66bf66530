// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a foreign key refers to, to find the rows that break it once it has been dropped.
 *
 * @param from the referring table as FROM takes it
 * @param to the table referred to, likewise
 * @param target the name of that for people
 * @param columns in the order of the key
 */
record Reference(String from, String to, String target, List<Column> columns) {
    private static final int SHOWN = 10;

    /** ONLY, since old-style children are tables of their own; partitions are not. */
    private static final String QUERY = """
            SELECT CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || k.conrelid::regclass,
              CASE r.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || k.confrelid::regclass, k.confrelid::regclass,
              quote_ident(a.attname), quote_ident(b.attname), t.typname
            FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_class r ON r.oid = k.confrelid,
            unnest(k.conkey, k.confkey) WITH ORDINALITY u (here, there, place)
            JOIN pg_attribute a ON a.attnum = u.here
            JOIN pg_attribute b ON b.attnum = u.there
            JOIN pg_type t ON t.oid = a.atttypid
            WHERE k.oid = ? AND a.attrelid = k.conrelid AND b.attrelid = k.confrelid
            ORDER BY u.place
            """;

    /** Types of mere ids. Others may hold what must not be in a log. */
    private static final List<String> IDS = List.of("int2", "int4", "int8", "uuid");

    /**
     * One column of the key.
     *
     * @param here its quoted name in the referring table
     * @param there its quoted name in the other one
     * @param type as pg_type names it
     */
    record Column(String here, String there, String type) {}

    static Reference read(Connection connection, long constraint) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setLong(1, constraint);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String from = row.getString(1);
                String to = row.getString(2);
                String target = row.getString(3);
                List<Column> columns = new ArrayList<>();
                do {
                    columns.add(new Column(row.getString(4), row.getString(5), row.getString(6)));
                } while (row.next());
                return new Reference(from, to, target, columns);
            }
        }
    }

    /** How many rows refer to nothing, and by which keys. */
    String broken(Connection connection) throws SQLException {
        String keys = all(column -> "f." + column.here(), ", ");
        String rest = " FROM " + from + " f WHERE " + all(column -> "f." + column.here() + " IS NOT NULL", " AND ")
                + " AND NOT EXISTS (SELECT FROM " + to + " p WHERE "
                + all(column -> "p." + column.there() + " = f." + column.here(), " AND ") + ")";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), count(DISTINCT row(" + keys + "))" + rest)) {
            row.next();
            long rows = row.getLong(1);
            return rows + (rows == 1 ? " row refers" : " rows refer") + " to rows of " + target
                    + " that would not be there: "
                    + keys(connection, "SELECT DISTINCT " + keys + rest + " ORDER BY " + keys, row.getLong(2));
        }
    }

    private String keys(Connection connection, String query, long count) throws SQLException {
        String names = all(Column::here, ", ");
        if (!columns.stream().allMatch(column -> IDS.contains(column.type()))) {
            return count + " values of " + names + ", which are not shown here";
        }
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query + " LIMIT " + SHOWN)) {
            while (row.next()) {
                List<String> parts = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    parts.add(row.getString(i));
                }
                values.add(columns.size() == 1 ? parts.get(0) : "(" + String.join(", ", parts) + ")");
            }
        }
        String more = count > values.size() ? " and " + (count - values.size()) + " more" : "";
        return (columns.size() == 1 ? names : "(" + names + ")") + " = " + String.join(", ", values) + more;
    }

    private String all(Function<Column, String> text, String between) {
        return columns.stream().map(text).collect(Collectors.joining(between));
    }
}
