// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Replaces the rows of all tables of a manifest, inside the caller's transaction. */
final class TableReplacement {
    private final Connection connection;
    private final Manifest manifest;
    private final FrameReader frames;
    private final String schema;
    private final Map<String, Boolean> partitionedHere;

    TableReplacement(Connection connection, Manifest manifest, Manifest here, FrameReader frames) {
        this.connection = connection;
        this.manifest = manifest;
        this.frames = frames;
        this.schema = here.schema();
        this.partitionedHere =
                here.tables().stream().collect(Collectors.toMap(Manifest.Table::name, Manifest.Table::partitioned));
    }

    /** Returns the number of rows of each table once everything is in place and checked. */
    Map<String, Long> run() throws SQLException, IOException, ReplicationException {
        List<String> tables =
                manifest.tables().stream().map(Manifest.Table::name).toList();
        // All at once and first, so that the wait for others is one wait and not spread over the work.
        forAll("LOCK TABLE ", " IN ACCESS EXCLUSIVE MODE");
        ForeignKeys foreignKeys = ForeignKeys.read(connection, schema, tables);
        Triggers triggers = Triggers.read(connection, schema, tables);
        foreignKeys.drop();
        triggers.disable();
        // No CASCADE: it would empty excluded tables. ONLY, since old-style children are tables of their own.
        forAll("TRUNCATE ", "");
        Map<String, Long> rows = copyTables();
        // Deferred checks now: a table with checks pending cannot be altered.
        Sql.run(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        triggers.restore();
        foreignKeys.restore();
        setSequences();
        return rows;
    }

    private void forAll(String before, String after) throws SQLException {
        if (!manifest.tables().isEmpty()) {
            Sql.run(
                    connection,
                    manifest.tables().stream().map(this::only).collect(Collectors.joining(", ", before, after)));
        }
    }

    /** A partitioned table's rows are in its partitions, so there ONLY would leave them out. */
    private String only(Manifest.Table table) {
        boolean partitioned = partitionedHere.getOrDefault(table.name(), false);
        return (partitioned ? "" : "ONLY ") + Sql.name(schema, table.name());
    }

    private Map<String, Long> copyTables() throws SQLException, IOException, ReplicationException {
        Map<String, Long> rows = new LinkedHashMap<>();
        long total = 0;
        for (int i = 0; i < manifest.tables().size(); i++) {
            Manifest.Table table = manifest.tables().get(i);
            if (frames.next() != 'T' || frames.number() != i) {
                throw FrameReader.broken("table " + table.name() + " was expected");
            }
            long copied = copyTable(table);
            rows.put(table.name(), copied);
            total += copied;
        }
        if (frames.next() != 'Z' || frames.number() != total) {
            throw FrameReader.broken("its end was expected after " + total + " rows");
        }
        return rows;
    }

    private long copyTable(Manifest.Table table) throws SQLException, IOException, ReplicationException {
        String sql = "COPY " + Sql.name(schema, table.name()) + Sql.columns(table.columns()) + " FROM STDIN";
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            long copied = fill(copy);
            if (copied != frames.number()) {
                throw FrameReader.broken(
                        "table " + table.name() + " should have " + frames.number() + " rows and has " + copied);
            }
            return copied;
        } catch (SQLException e) {
            throw SqlErrors.explain(e, "copying into table " + table.name());
        }
    }

    private long fill(CopyIn copy) throws SQLException, IOException, ReplicationException {
        try {
            char type = frames.next();
            for (; type == 'D'; type = frames.next()) {
                copy.writeToCopy(frames.buffer(), 0, frames.length());
            }
            if (type != 'E') {
                throw FrameReader.broken("more rows or the end of a table were expected");
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Restarting first makes it transactional: setval alone would outlive a rollback. */
    private void setSequences() throws SQLException {
        for (Manifest.Sequence sequence : manifest.sequences()) {
            String name = Sql.name(schema, sequence.name());
            Sql.run(connection, "ALTER SEQUENCE " + name + " RESTART");
            Sql.run(
                    connection,
                    "SELECT setval(" + Sql.literal(name) + "::regclass, " + sequence.lastValue() + ", "
                            + sequence.called() + ")");
        }
    }
}
