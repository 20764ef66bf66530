// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.sync.postgres.ReplicationPlan.Border;
import org.pbxha.sync.postgres.ReplicationPlan.Fate;
import org.pbxha.sync.postgres.ReplicationPlan.Obstacle;
import org.pbxha.sync.postgres.ReplicationPlan.Table;
import org.pbxha.sync.postgres.ReplicationPlan.Unmatched;

/** Reads a {@link ReplicationPlan}. */
final class PlanReader {
    static final String VERSION_TABLE = "version table";
    private static final String EXCLUDED = "excluded";

    /** Tables that nobody has analysed are counted up to this size; reading more would be no mere look. */
    private static final long COUNTED_BYTES = 32L * 1024 * 1024;

    private static final String RELATIONS = """
            SELECT c.relname, c.relkind, c.relpersistence, o.rolname, pg_has_role(c.relowner, 'USAGE'),
              CASE WHEN c.relkind = 'p' THEN (
                  SELECT sum(greatest(l.reltuples, 0)) FROM pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid
                  WHERE t.isleaf)
                ELSE c.reltuples END::bigint,
              CASE WHEN c.relkind = 'f' THEN 0 ELSE coalesce(%s, 0) END,
              has_table_privilege(c.oid, 'SELECT')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles o ON o.oid = c.relowner
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f', 'm') AND NOT c.relispartition AND c.relpersistence <> 't'
              AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.relname COLLATE "C"
            """.formatted(Tables.SIZE);

    private static final String ELSEWHERE = """
            SELECT n.nspname, count(*)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname <> ? AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
              AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            GROUP BY n.nspname ORDER BY n.nspname
            """;

    private static final String BORDERS = Tables.WITH_REPLICATED + """
            SELECT k.conrelid::regclass::text, k.confrelid::regclass::text, k.conname
            FROM pg_constraint k
            WHERE k.contype = 'f' AND k.conparentid = 0
              AND (k.conrelid IN (SELECT oid FROM replicated)) <> (k.confrelid IN (SELECT oid FROM replicated))
            ORDER BY 1, 2, 3
            """;

    private final Connection connection;
    private final Selection selection;
    private final List<Table> tables = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();

    PlanReader(Connection connection, Selection selection) {
        this.connection = connection;
        this.selection = selection;
    }

    ReplicationPlan read() throws SQLException {
        readRelations();
        readElsewhere();
        return new ReplicationPlan(
                connection.getCatalog(),
                selection.schema(),
                tables,
                unmatched(true),
                unmatched(false),
                selection.unnamed(),
                obstacles,
                borders(),
                number("SELECT count(*) FROM pg_largeobject_metadata"));
    }

    private void readRelations() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELATIONS)) {
            statement.setString(1, selection.schema());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    switch (row.getString(2)) {
                        case "f" ->
                            obstacles.add(new Obstacle(
                                    name, "a foreign table: its rows are on another server, and are not copied"));
                        case "m" ->
                            obstacles.add(new Obstacle(
                                    name, "a materialized view: not copied; refresh it on the slave after a takeover"));
                        default -> table(name, row);
                    }
                }
            }
        }
    }

    private void table(String name, ResultSet row) throws SQLException {
        Fate fate = fate(name);
        if (fate == Fate.REPLICATED && !row.getBoolean(5)) {
            obstacles.add(new Obstacle(
                    name,
                    "it belongs to the role " + row.getString(4) + ", and "
                            + connection.getMetaData().getUserName()
                            + " is no member of that: replication fails until it has another owner or is left alone"));
        }
        if (fate == Fate.REPLICATED && row.getString(3).equals("u")) {
            obstacles.add(new Obstacle(name, "unlogged: copied, but PostgreSQL empties it after a crash of the slave"));
        }
        long bytes = row.getLong(7);
        long estimate = row.getLong(6);
        boolean count = estimate <= 0 && bytes <= COUNTED_BYTES && row.getBoolean(8);
        long rows = count ? count(name, row.getString(2).equals("p")) : estimate > 0 ? estimate : -1;
        tables.add(new Table(name, fate, category(name), rows, !count, bytes));
    }

    private long count(String table, boolean partitioned) throws SQLException {
        return number("SELECT count(*) FROM " + (partitioned ? "" : "ONLY ") + Sql.name(selection.schema(), table));
    }

    private Fate fate(String table) {
        if (selection.versionTables().contains(table)) {
            return Fate.COMPARED;
        }
        return selection.excludes(table) ? Fate.LEFT_ALONE : Fate.REPLICATED;
    }

    private String category(String table) {
        if (selection.versionTables().contains(table)) {
            return VERSION_TABLE;
        }
        return selection.excludedTables().contains(table)
                ? EXCLUDED
                : selection.category(table).map(Selection.Category::name).orElse("");
    }

    /** Of whole categories whose tables would have another fate under other names; or all the others. */
    private List<Unmatched> unmatched(boolean matters) {
        List<Unmatched> found = new ArrayList<>();
        for (Selection.Category category : selection.categories()) {
            List<String> names = category.tables().stream()
                    .filter(pattern -> tables.stream().noneMatch(table -> Selection.matches(pattern, table.name())))
                    .toList();
            boolean whole = names.size() == category.tables().size() && category.fate() != selection.unnamed();
            if (!names.isEmpty() && matters == whole) {
                found.add(new Unmatched(category.name(), category.fate(), names));
            }
        }
        return found;
    }

    private void readElsewhere() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ELSEWHERE)) {
            statement.setString(1, selection.schema());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    obstacles.add(new Obstacle(
                            "schema " + row.getString(1),
                            row.getLong(2) + " tables in it; only those of schema " + selection.schema()
                                    + " are copied"));
                }
            }
        }
    }

    private List<Border> borders() throws SQLException {
        List<String> replicated = tables.stream()
                .filter(table -> table.fate() == Fate.REPLICATED)
                .map(Table::name)
                .toList();
        List<Border> borders = new ArrayList<>();
        try (PreparedStatement statement = Tables.prepare(connection, BORDERS, selection.schema(), replicated);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                borders.add(new Border(plain(row.getString(1)), plain(row.getString(2)), row.getString(3)));
            }
        }
        return borders;
    }

    /** Without the schema that all is about. */
    private String plain(String table) {
        String prefix = selection.schema() + ".";
        return table.startsWith(prefix) ? table.substring(prefix.length()) : table;
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
