// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a database's shape from PostgreSQL's catalogue, in the caller's transaction. */
final class Catalogue {
    /** Ordinary tables and roots of partitioned ones; not what belongs to an extension, which brings its own. */
    private static final String TABLES = """
            SELECT c.relname, c.relkind = 'p'
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.relname COLLATE "C"
            """;

    /** Columns with data of their own. An enum's labels are part of its type: a missing one would refuse rows. */
    private static final String COLUMNS = """
            SELECT c.relname, a.attname,
              pg_catalog.format_type(a.atttypid, a.atttypmod) || coalesce((
                SELECT ' {' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) || '}' FROM pg_catalog.pg_enum e
                WHERE e.enumtypid = coalesce(nullif(t.typelem, 0), nullif(t.typbasetype, 0), t.oid)), ''),
              a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND t.typdefault IS NULL
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attgenerated = ''
            ORDER BY c.relname COLLATE "C", a.attnum
            """;

    private static final String SEQUENCES = """
            SELECT DISTINCT s.relname COLLATE "C", coalesce(t.relname, '')
            FROM pg_catalog.pg_class s
            JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
            LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.oid
              AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
            WHERE n.nspname = ? AND s.relkind = 'S' AND s.relpersistence <> 't'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = s.oid AND e.deptype = 'e')
            ORDER BY 1
            """;

    private final Connection connection;
    private final Selection selection;

    Catalogue(Connection connection, Selection selection) {
        this.connection = connection;
        this.selection = selection;
    }

    /** The names of the tables that are covered. */
    List<String> tableNames() throws SQLException {
        return new ArrayList<>(tables().keySet());
    }

    /** The tables that are covered, and whether each is partitioned. */
    Map<String, Boolean> tables() throws SQLException {
        return covered(allTables());
    }

    /** Excluded names that this database has no table for: a spelling mistake, or another version of the product. */
    List<String> unmatchedExclusions() throws SQLException {
        TreeSet<String> unmatched = new TreeSet<>(selection.excludedTables());
        unmatched.removeAll(allTables().keySet());
        return List.copyOf(unmatched);
    }

    /** The whole shape. */
    Manifest read() throws SQLException {
        Map<String, List<Manifest.Column>> columns = columns();
        List<Manifest.Table> tables = new ArrayList<>();
        tables().forEach((name, partitioned) ->
                tables.add(new Manifest.Table(name, partitioned, columns.getOrDefault(name, List.of()))));
        return new Manifest(
                Integer.parseInt(setting("server_version_num")),
                setting("server_encoding"),
                selection.schema(),
                tables,
                sequences(),
                versions());
    }

    private Map<String, Boolean> covered(Map<String, Boolean> tables) {
        Map<String, Boolean> covered = new LinkedHashMap<>(tables);
        covered.keySet().removeIf(selection::excludes);
        return covered;
    }

    /** All tables of the schema in order, and whether each is partitioned. */
    private Map<String, Boolean> allTables() throws SQLException {
        Map<String, Boolean> tables = new LinkedHashMap<>();
        query(TABLES, row -> tables.put(row.getString(1), row.getBoolean(2)));
        return tables;
    }

    private Map<String, List<Manifest.Column>> columns() throws SQLException {
        Map<String, List<Manifest.Column>> columns = new TreeMap<>();
        query(
                COLUMNS,
                row -> columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(new Manifest.Column(row.getString(2), row.getString(3), row.getBoolean(4))));
        return columns;
    }

    private List<Manifest.Sequence> sequences() throws SQLException {
        List<String> names = new ArrayList<>();
        query(SEQUENCES, row -> {
            if (!selection.excludesSequence(row.getString(1), row.getString(2))) {
                names.add(row.getString(1));
            }
        });
        List<Manifest.Sequence> sequences = new ArrayList<>();
        for (String name : names) {
            sequences.add(sequence(name));
        }
        return sequences;
    }

    private Manifest.Sequence sequence(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT last_value, is_called FROM " + Sql.name(selection.schema(), name))) {
            row.next();
            return new Manifest.Sequence(name, row.getLong(1), row.getBoolean(2));
        }
    }

    private Map<String, List<String>> versions() throws SQLException {
        Map<String, Boolean> tables = allTables();
        Map<String, List<String>> versions = new TreeMap<>();
        for (String table : selection.versionTables()) {
            if (tables.containsKey(table)) {
                versions.put(table, rows(table));
            }
        }
        return versions;
    }

    private List<String> rows(String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT t::text COLLATE \"C\" FROM " + Sql.name(selection.schema(), table) + " t ORDER BY 1")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private String setting(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private void query(String sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, selection.schema());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
