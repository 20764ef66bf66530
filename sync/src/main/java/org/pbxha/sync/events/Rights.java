// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.sync.postgres.Sql;

/**
 * What a role lacks on the target.
 *
 * @param role quoted
 * @param schema where the tables are
 */
record Rights(String role, String schema) {
    /** Tables of the schema that are there, with what the role may not do with them. */
    private static final String TABLES = """
            SELECT c.relname, concat_ws(', ',
                CASE WHEN NOT has_table_privilege(c.oid, 'SELECT') THEN 'SELECT' END,
                CASE WHEN NOT has_table_privilege(c.oid, 'INSERT') THEN 'INSERT' END,
                CASE WHEN c.relname = ? AND NOT has_table_privilege(c.oid, 'UPDATE') THEN 'UPDATE' END)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind = 'r'
              AND (c.relname = ? OR EXISTS (SELECT FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname = 'node' AND NOT a.attisdropped))
            ORDER BY 1
            """;

    /**
     * What to run.
     *
     * @param statement what was refused, and could be run by somebody else instead; empty for none
     */
    String hint(Connection connection, String statement) throws SQLException {
        List<String> grants = new ArrayList<>();
        try (PreparedStatement asked = connection.prepareStatement(
                "SELECT has_schema_privilege(?, 'USAGE') AND has_schema_privilege(?, 'CREATE')")) {
            asked.setString(1, schema);
            asked.setString(2, schema);
            try (ResultSet row = asked.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    grants.add("GRANT USAGE, CREATE ON SCHEMA " + Sql.name(schema) + " TO " + role + ";");
                }
            }
        }
        try (PreparedStatement asked = connection.prepareStatement(TABLES)) {
            asked.setString(1, Watermarks.TABLE);
            asked.setString(2, schema);
            asked.setString(3, Watermarks.TABLE);
            try (ResultSet row = asked.executeQuery()) {
                while (row.next()) {
                    if (!row.getString(2).isEmpty()) {
                        grants.add("GRANT " + row.getString(2) + " ON " + Sql.name(schema, row.getString(1)) + " TO "
                                + role + ";");
                    }
                }
            }
        }
        if (grants.isEmpty() && !statement.isEmpty()) {
            return "Run on the target, as the owner of the table: " + statement;
        }
        return "Run on the target, as its owner: " + String.join(" ", grants);
    }
}
