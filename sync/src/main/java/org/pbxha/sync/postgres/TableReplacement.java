// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Brings all tables of a manifest to their new content, inside the caller's transaction. */
final class TableReplacement {
    /** Bytes on the disk of the master from which on it pays to make a table's indexes anew. */
    private static final long LARGE = 256 * 1024;

    private final Connection connection;
    private final Manifest manifest;
    private final Contents contents;
    private final FrameReader frames;
    private final PartSink sink;
    private final String schema;
    private final List<Manifest.Table> changed;
    private final Map<String, Manifest.Sequence> sequences;

    TableReplacement(
            Connection connection,
            Manifest manifest,
            Contents contents,
            Manifest here,
            FrameReader frames,
            PartSink sink) {
        this.connection = connection;
        this.manifest = manifest;
        this.contents = contents;
        this.frames = frames;
        this.sink = sink;
        this.schema = here.schema();
        Map<String, Boolean> partitioned =
                here.tables().stream().collect(Collectors.toMap(Manifest.Table::name, Manifest.Table::partitioned));
        // How rows are spread over partitions is this node's own business.
        this.changed = manifest.tables().stream()
                .filter(table -> !contents.of(table.name()).isUnchanged())
                .map(table -> new Manifest.Table(
                        table.name(),
                        partitioned.getOrDefault(table.name(), false),
                        table.columns(),
                        table.constraints(),
                        table.bytes()))
                .toList();
        this.sequences =
                here.sequences().stream().collect(Collectors.toMap(Manifest.Sequence::name, Function.identity()));
    }

    /** Returns the number of rows of each table once everything is in place and checked. */
    Map<String, Long> run() throws SQLException, IOException, ReplicationException {
        List<String> names = changed.stream().map(Manifest.Table::name).toList();
        // All at once and first, so that the wait for others is one wait and not spread over the work.
        forAll("LOCK TABLE ", changed, " IN ACCESS EXCLUSIVE MODE");
        ForeignKeys foreignKeys = ForeignKeys.read(connection, schema, names);
        Triggers triggers = Triggers.read(connection, schema, names);
        foreignKeys.drop();
        triggers.disable();
        // No CASCADE: it would empty excluded tables.
        List<Manifest.Table> anew = changed.stream()
                .filter(table -> contents.of(table.name()).comesWhole())
                .toList();
        forAll("TRUNCATE ", anew, "");
        List<String> large = anew.stream()
                .filter(table -> table.bytes() >= LARGE)
                .map(Manifest.Table::name)
                .toList();
        Map<String, Long> rows = load(Indexes.read(connection, schema, large));
        // Deferred checks now: a table with checks pending cannot be altered.
        Sql.run(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        triggers.restore();
        foreignKeys.restore();
        setSequences();
        return rows;
    }

    private void forAll(String before, List<Manifest.Table> tables, String after) throws SQLException {
        if (!tables.isEmpty()) {
            Sql.run(
                    connection,
                    tables.stream()
                            .map(table -> new TableSql(schema, table).from())
                            .collect(Collectors.joining(", ", before, after)));
        }
    }

    private Map<String, Long> load(Indexes indexes) throws SQLException, IOException, ReplicationException {
        Map<String, Long> rows = new LinkedHashMap<>();
        contents.tables().forEach((table, content) -> {
            if (content.isUnchanged()) {
                rows.put(table, content.rows());
            }
        });
        Map<String, Manifest.Table> ours =
                changed.stream().collect(Collectors.toMap(Manifest.Table::name, Function.identity()));
        long moved = 0;
        for (int i = 0; i < manifest.tables().size(); i++) {
            String name = manifest.tables().get(i).name();
            Manifest.Table table = ours.get(name);
            if (table != null) {
                if (frames.number('T', "table " + name) != i) {
                    throw FrameReader.broken("table " + name + " was expected");
                }
                indexes.drop(name);
                TableLoad.Loaded loaded = new TableLoad(connection, schema, table, frames, sink).run(contents.of(name));
                indexes.restore(name);
                rows.put(name, loaded.rows());
                moved += loaded.moved();
            }
        }
        if (frames.number('Z', "its end") != moved) {
            throw FrameReader.broken("its end was expected after " + moved + " rows");
        }
        return rows;
    }

    /** Restarting first makes it transactional: setval alone would outlive a rollback. */
    private void setSequences() throws SQLException {
        for (Manifest.Sequence sequence : manifest.sequences()) {
            if (sequence.equals(sequences.get(sequence.name()))) {
                continue;
            }
            String name = Sql.name(schema, sequence.name());
            Sql.run(connection, "ALTER SEQUENCE " + name + " RESTART");
            Sql.run(
                    connection,
                    "SELECT setval(" + Sql.literal(name) + "::regclass, " + sequence.lastValue() + ", "
                            + sequence.called() + ")");
        }
    }
}
