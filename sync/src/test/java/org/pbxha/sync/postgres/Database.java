// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.Driver;

/** One database of a test. */
public record Database(PgServer server, String name) {
    private static final String RELATIONS = "SELECT c.relkind, c.oid::regclass FROM pg_class c"
            + " WHERE c.relkind IN ('r', 'p', 'S') AND c.relnamespace = 'public'::regnamespace";
    private static final String CHECKSUM = """
            SELECT count(*), md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"), ''))
            FROM (SELECT %s FROM %s) t
            """;

    /** How replication reaches it. */
    public LocalDatabase source() {
        return new LocalDatabase(server.port(), name, "pbx-ha", "");
    }

    /** A connection as the owner of the tables. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "asterisk");
        return new Driver().connect("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name, properties);
    }

    public void run(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            PgServer.execute(connection, statements);
        }
    }

    /** All rows of a query, each with its columns joined by a bar. */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return query(connection, sql);
        }
    }

    public static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join("|", cells));
            }
        }
        return lines;
    }

    /** Number and checksum of the rows of every table and sequence, in an order that depends on the rows alone. */
    Map<String, String> content() throws SQLException {
        Map<String, String> content = new TreeMap<>();
        try (Connection connection = connect()) {
            PgServer.execute(connection, "SET extra_float_digits = 3", "SET TimeZone = 'UTC'");
            for (String line : query(connection, RELATIONS)) {
                String table = line.substring(2);
                String columns = line.startsWith("S") ? "last_value, is_called" : "*";
                content.put(
                        table,
                        query(connection, CHECKSUM.formatted(columns, table)).get(0));
            }
        }
        return content;
    }

    /** Constraints, triggers with their state, indexes and comments on constraints: all that applying might disturb. */
    List<String> shape() throws SQLException {
        return query("""
                SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) || ' ' || convalidated,
                  obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) || ' ' || tgenabled::text, NULL
                  FROM pg_trigger WHERE NOT tgisinternal
                UNION ALL SELECT tablename, indexname, indexdef, NULL FROM pg_indexes WHERE schemaname = 'public'
                ORDER BY 1, 2, 3
                """);
    }
}
