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
import java.util.Set;
import java.util.TreeMap;

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

    /**
     * Columns with data of their own. An enum's labels, a composite type's attributes and a domain's checks are part of a
     * type: a missing one would refuse rows. An array's type belongs to an extension when that of its elements does.
     */
    private static final String COLUMNS = """
            SELECT c.relname, a.attname,
              pg_catalog.format_type(a.atttypid, a.atttypmod) || coalesce((
                SELECT ' {' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) || '}' FROM pg_catalog.pg_enum e
                WHERE e.enumtypid = b.oid), '')
              || coalesce((
                SELECT ' (' || string_agg(part.attname || ' ' || pg_catalog.format_type(part.atttypid, part.atttypmod),
                  ', ' ORDER BY part.attnum) || ')'
                FROM pg_catalog.pg_attribute part
                WHERE b.typtype = 'c' AND part.attrelid = b.typrelid AND part.attnum > 0 AND NOT part.attisdropped), '')
              || CASE WHEN t.typtype = 'd' THEN ' as ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)
                || coalesce((
                  SELECT ' ' || string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname)
                  FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '') ELSE '' END,
              a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND t.typdefault IS NULL,
              a.attnotnull OR t.typnotnull,
              coalesce((
                SELECT x.extname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid
                WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid IN (t.oid, t.typelem, t.typbasetype)
                  AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e' LIMIT 1), '')
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            JOIN pg_catalog.pg_type b ON b.oid = coalesce(nullif(t.typelem, 0), nullif(t.typbasetype, 0), t.oid)
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

    /** Whether a constraint has been validated for old rows says nothing about new ones. */
    private static final String CONSTRAINTS = """
            SELECT c.relname, k.conname, regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', '')
            FROM pg_catalog.pg_constraint k
            JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND k.contype IN ('p', 'u', 'c')
            ORDER BY c.relname COLLATE "C", k.conname COLLATE "C"
            """;

    private static final String SIZES = """
            SELECT c.relname, coalesce(%s, 0)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
            """.formatted(Tables.SIZE);

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

    /**
     * Excluded names that this database has no table for, and categories of which it has none, each with its tables, unless
     * unnamed tables have the same fate: a
     * spelling mistake, or another version of the product.
     */
    List<String> unmatchedExclusions() throws SQLException {
        Set<String> tables = allTables().keySet();
        List<String> unmatched = new ArrayList<>();
        selection.excludedTables().stream()
                .filter(table -> !tables.contains(table))
                .sorted()
                .forEach(unmatched::add);
        selection.categories().stream()
                .filter(category -> category.fate() != selection.unnamed())
                .filter(category -> category.tables().stream().noneMatch(pattern -> anyMatch(pattern, tables)))
                .forEach(
                        category -> unmatched.add(category.name() + " (" + String.join(", ", category.tables()) + ")"));
        return unmatched;
    }

    private static boolean anyMatch(String pattern, Set<String> tables) {
        return tables.stream().anyMatch(table -> Selection.matches(pattern, table));
    }

    /** The whole shape. */
    Manifest read() throws SQLException {
        Map<String, List<Manifest.Column>> columns = columns();
        Map<String, List<Manifest.Constraint>> constraints = constraints();
        Map<String, Long> sizes = new TreeMap<>();
        query(SIZES, row -> sizes.put(row.getString(1), row.getLong(2)));
        List<Manifest.Table> tables = new ArrayList<>();
        tables().forEach((name, partitioned) -> tables.add(new Manifest.Table(
                name,
                partitioned,
                columns.getOrDefault(name, List.of()),
                constraints.getOrDefault(name, List.of()),
                sizes.getOrDefault(name, 0L))));
        return new Manifest(
                Integer.parseInt(setting("server_version_num")),
                setting("server_encoding"),
                selection.schema(),
                tables,
                sequences(),
                versions(),
                extensions(),
                rules());
    }

    private List<String> extensions() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT extname FROM pg_catalog.pg_extension ORDER BY extname COLLATE \"C\"")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private Manifest.Rules rules() throws SQLException {
        Map<String, Selection.Fate> categories = new LinkedHashMap<>();
        selection.categories().forEach(category -> categories.put(category.name(), category.fate()));
        List<String> left = allTables().keySet().stream()
                .filter(table ->
                        selection.excludes(table) && !selection.versionTables().contains(table))
                .toList();
        return new Manifest.Rules(categories, selection.unnamed(), left);
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
                        .add(new Manifest.Column(
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getString(6))));
        return columns;
    }

    private Map<String, List<Manifest.Constraint>> constraints() throws SQLException {
        Map<String, List<Manifest.Constraint>> constraints = new TreeMap<>();
        query(
                CONSTRAINTS,
                row -> constraints
                        .computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(new Manifest.Constraint(row.getString(2), row.getString(3))));
        return constraints;
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
