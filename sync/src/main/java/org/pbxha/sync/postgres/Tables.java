// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The replicated tables of a database as its catalogue knows them, partitions included. */
final class Tables {
    /** Begins a query: the relation {@code replicated (oid, depth)}. Parameters: schema, names. */
    static final String WITH_REPLICATED = """
            WITH RECURSIVE replicated (oid, depth) AS (
              SELECT c.oid, 0 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND c.relname = ANY (?)
              UNION
              SELECT p.oid, r.depth + 1
              FROM replicated r JOIN pg_inherits i ON i.inhparent = r.oid JOIN pg_class p ON p.oid = i.inhrelid
              WHERE p.relispartition)
            """;

    /** An expression: what table {@code c} of pg_class takes on the disk, with indexes, long values and partitions. */
    static final String SIZE = "CASE WHEN c.relkind = 'p' THEN (SELECT sum(pg_catalog.pg_total_relation_size(t.relid))"
            + " FROM pg_catalog.pg_partition_tree(c.oid) t)::bigint ELSE pg_catalog.pg_total_relation_size(c.oid) END";

    private Tables() {}

    /** Prepares a query that begins with {@link #WITH_REPLICATED} and has no other parameter. */
    static PreparedStatement prepare(Connection connection, String query, String schema, List<String> tables)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        statement.setString(1, schema);
        statement.setArray(2, connection.createArrayOf("name", tables.toArray()));
        return statement;
    }
}
