// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/**
 * The indexes of tables that are filled anew. They are made again from the rows in one go, which takes a fraction of the
 * time of adding row by row. Only those are touched that can be made again exactly as they are; the others are kept up
 * while the table is filled.
 */
final class Indexes {
    /**
     * Left alone: what a view, an extension or a partition's parent depends on, what is in a tablespace of its own, and what has
     * settings that no definition shows. Without the right to create in the schema nothing can be made again.
     */
    private static final String QUERY = Tables.WITH_REPLICATED + """
            SELECT t.relname, t.oid::regclass::text, i.indexrelid::regclass::text, quote_ident(con.conname),
              coalesce(pg_get_constraintdef(con.oid), pg_get_indexdef(i.indexrelid)),
              quote_literal(obj_description(i.indexrelid, 'pg_class')),
              quote_literal(obj_description(con.oid, 'pg_constraint'))
            FROM pg_index i
            JOIN replicated r ON r.oid = i.indrelid
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_class x ON x.oid = i.indexrelid
            LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
            WHERE t.relkind = 'r' AND x.relkind = 'i' AND has_schema_privilege(t.relnamespace, 'CREATE')
              AND i.indisvalid AND i.indisready AND NOT i.indisclustered AND NOT i.indisreplident
              AND x.reltablespace = 0 AND (con.oid IS NULL OR x.reloptions IS NULL)
              AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)
              AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0)
              AND NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE (d.classid, d.objid) IN (('pg_class'::regclass, i.indexrelid), ('pg_constraint'::regclass, con.oid))
                  AND d.deptype IN ('e', 'x'))
              AND NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE (d.refclassid, d.refobjid)
                    IN (('pg_class'::regclass, i.indexrelid), ('pg_constraint'::regclass, con.oid))
                  AND d.deptype <> 'i')
            ORDER BY i.indexrelid
            """;

    private record Index(
            String table,
            String qualifiedTable,
            String name,
            @Nullable String constraint,
            String definition,
            @Nullable String comment,
            @Nullable String constraintComment) {}

    private final Connection connection;
    private final String schema;
    private final List<Index> indexes;

    private Indexes(Connection connection, String schema, List<Index> indexes) {
        this.connection = connection;
        this.schema = schema;
        this.indexes = indexes;
    }

    /** Those of some tables, whose foreign keys are dropped by now: they depend on indexes. */
    static Indexes read(Connection connection, String schema, List<String> tables) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (PreparedStatement statement = Tables.prepare(connection, QUERY, schema, tables);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                indexes.add(new Index(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)));
            }
        }
        return new Indexes(connection, schema, indexes);
    }

    void drop(String table) throws SQLException {
        for (Index index : of(table)) {
            Sql.run(
                    connection,
                    index.constraint() == null
                            ? "DROP INDEX " + index.name()
                            : "ALTER TABLE " + index.qualifiedTable() + " DROP CONSTRAINT " + index.constraint());
        }
    }

    /**
     * Makes them again.
     *
     * @throws ReplicationException when rows are not unique, or an index is not what it was
     */
    void restore(String table) throws SQLException, ReplicationException {
        for (Index index : of(table)) {
            try {
                restore(index);
            } catch (SQLException e) {
                throw SqlErrors.explain(e, "index " + index.name() + " of " + table);
            }
        }
        check(table);
    }

    private void restore(Index index) throws SQLException {
        if (index.constraint() == null) {
            Sql.run(connection, index.definition());
        } else {
            String constraint = index.constraint();
            Sql.run(
                    connection,
                    "ALTER TABLE " + index.qualifiedTable() + " ADD CONSTRAINT " + constraint + " "
                            + index.definition());
            if (index.constraintComment() != null) {
                Sql.run(
                        connection,
                        "COMMENT ON CONSTRAINT " + constraint + " ON " + index.qualifiedTable() + " IS "
                                + index.constraintComment());
            }
        }
        if (index.comment() != null) {
            Sql.run(connection, "COMMENT ON INDEX " + index.name() + " IS " + index.comment());
        }
    }

    /** A definition that does not say all would change the customer's schema without a word. */
    private void check(String table) throws SQLException, ReplicationException {
        Map<String, Index> now = read(connection, schema, List.of(table)).of(table).stream()
                .collect(Collectors.toMap(Index::name, Function.identity()));
        for (Index before : of(table)) {
            if (!before.equals(now.get(before.name()))) {
                throw new ReplicationException(
                        Reason.NOT_EQUAL, "index " + before.name() + " of " + table + " is not what it was", null);
            }
        }
    }

    private List<Index> of(String table) {
        return indexes.stream().filter(index -> index.table().equals(table)).toList();
    }
}
