// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Small pieces of SQL. */
public final class Sql {
    private static final int OLDEST_SERVER = 12;

    private Sql() {}

    /** A name as an identifier. */
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A table or sequence of a schema. */
    public static String name(String schema, String name) {
        return name(schema) + "." + name(name);
    }

    /**
     * A table as rows are read from it: children of the old kind are tables of their own, partitions are not.
     *
     * @param partitioned whether it is the root of a partitioned table
     */
    static String from(String schema, String table, boolean partitioned) {
        return (partitioned ? "" : "ONLY ") + name(schema, table);
    }

    /** A text as a literal; standard_conforming_strings is on in every supported version. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Names as a list, each after a prefix such as {@code t.}. */
    static String list(List<String> names, String prefix) {
        return names.stream().map(name -> prefix + name(name)).collect(Collectors.joining(", "));
    }

    /** A list of columns in parentheses; nothing for none, because {@code ()} is no list to PostgreSQL. */
    static String columns(List<Manifest.Column> columns) {
        return columns.isEmpty()
                ? ""
                : columns.stream().map(column -> name(column.name())).collect(Collectors.joining(", ", " (", ")"));
    }

    /** Runs one statement that returns nothing of interest. */
    public static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Makes the session's text formats, names and limits the same on every node, whatever its configuration says, so
     * that one server's COPY text is read by the other as it was meant.
     */
    public static void prepare(Connection connection) throws SQLException, ReplicationException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_SERVER) {
            throw new ReplicationException(
                    ReplicationException.Reason.DATABASE,
                    "PostgreSQL " + version + " is too old: at least " + OLDEST_SERVER + " is needed",
                    null);
        }
        run(connection, """
                SELECT set_config(s.name, v.value, false)
                FROM (VALUES
                    ('client_min_messages', 'warning'), ('search_path', 'pg_catalog'), ('row_security', 'off'),
                    ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'),
                    ('extra_float_digits', '3'), ('bytea_output', 'hex'), ('lc_monetary', 'C'),
                    ('xmloption', 'content'), ('quote_all_identifiers', 'off'),
                    ('default_transaction_read_only', 'off'),
                    ('lock_timeout', '10s'), ('statement_timeout', '0'),
                    ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0')
                ) AS v (name, value)
                JOIN pg_catalog.pg_settings AS s ON lower(s.name) = lower(v.name)
                """);
    }
}
