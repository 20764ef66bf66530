// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.postgres.Contents.Content;
import org.pbxha.sync.postgres.Contents.Part;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Streams a consistent snapshot of the master's database, or what is new in it: one read-only transaction that sees one
 * moment, whatever is written meanwhile. Readers and writers on the master are not held up; only a change of a table's
 * shape waits. A slow receiver slows the sender down, and memory stays constant.
 */
public final class SnapshotSender {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final Selection selection;
    private final Replica replica;
    private final Progress progress;
    private final FrameWriter frames;
    private final Map<String, Long> rowsByTable = new TreeMap<>();
    private final List<SnapshotSummary.Table> sent = new ArrayList<>();
    private long rowsSent;

    private SnapshotSender(
            Connection connection, Selection selection, Replica replica, Progress progress, OutputStream out) {
        this.connection = connection;
        this.selection = selection;
        this.replica = replica;
        this.progress = progress;
        this.frames = new FrameWriter(out);
    }

    /**
     * Sends a snapshot. The stream is flushed, not closed.
     *
     * @param replica what the receiver has already
     * @param progress hears how far it is
     * @throws ReplicationException when the database fails; the stream then lacks its end and cannot be applied
     * @throws IOException when the stream cannot be written, mostly because the receiver went away
     * @throws CancelledException when cancelled
     */
    public static SnapshotSummary send(
            ConnectionSource source,
            Selection selection,
            Replica replica,
            Progress progress,
            OutputStream out,
            Cancellation cancellation)
            throws ReplicationException, IOException, CancelledException {
        cancellation.check();
        try (Connection connection = source.open()) {
            DatabaseAbort abort = new DatabaseAbort(connection, cancellation);
            try {
                return new SnapshotSender(connection, selection, replica, progress, out).send();
            } finally {
                abort.finish();
            }
        } catch (SQLException e) {
            cancellation.check();
            throw Blockers.explain(e, "reading the database", source, selection);
        } catch (IOException e) {
            cancellation.check();
            throw e;
        }
    }

    private SnapshotSummary send() throws SQLException, IOException, ReplicationException {
        long start = System.nanoTime();
        Sql.prepare(connection);
        Catalogue catalogue = new Catalogue(connection, selection);
        List<String> locked = catalogue.tableNames();
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        lock(locked);
        Manifest manifest = catalogue.read();
        if (!manifest.tables().stream().map(Manifest.Table::name).toList().equals(locked)) {
            throw new ReplicationException(Reason.CHANGED, "tables came or went while the snapshot began", null);
        }
        ContentChoice choice = new ContentChoice(connection, selection.schema(), replica);
        Contents contents = choice.of(manifest);
        frames.begin();
        frames.manifest(JSON.writeValueAsBytes(manifest));
        frames.contents(JSON.writeValueAsBytes(contents));
        tables(manifest, contents, choice);
        List<String> unmatched = catalogue.unmatchedExclusions();
        Baseline baseline = Baseline.read(connection, rowsByTable);
        frames.end(rowsSent);
        connection.commit();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new SnapshotSummary(sent, manifest.tables().size(), frames.written(), baseline, unmatched, took);
    }

    /**
     * Locks before anything is read: the transaction's view is fixed by its first query, and a table that is truncated
     * between that view and its COPY would come out empty.
     */
    private void lock(List<String> tables) throws SQLException {
        if (!tables.isEmpty()) {
            Sql.run(
                    connection,
                    tables.stream()
                            .map(table -> Sql.name(selection.schema(), table))
                            .collect(Collectors.joining(", ", "LOCK TABLE ", " IN ACCESS SHARE MODE")));
        }
    }

    private void tables(Manifest manifest, Contents contents, ContentChoice choice) throws SQLException, IOException {
        long changed = contents.tables().values().stream()
                .filter(content -> !content.isUnchanged())
                .count();
        for (int i = 0; i < manifest.tables().size(); i++) {
            Manifest.Table table = manifest.tables().get(i);
            Content content = contents.of(table.name());
            if (content.isUnchanged()) {
                rowsByTable.put(table.name(), content.rows());
            } else {
                progress.begins(table.name(), sent.size(), Math.toIntExact(changed));
                frames.tableStart(i);
                table(table, content, choice);
            }
        }
    }

    private void table(Manifest.Table table, Content content, ContentChoice choice) throws SQLException, IOException {
        long start = System.nanoTime();
        long before = frames.written();
        long rows = content.rows();
        long moved = 0;
        for (Part part : content.parts()) {
            long copied = copy(copySql(table, content, part, choice));
            moved += copied;
            rows = part == Part.WHOLE ? copied : rows;
        }
        rowsByTable.put(table.name(), rows);
        rowsSent += moved;
        sent.add(new SnapshotSummary.Table(
                table.name(),
                content.parts().contains(Part.WHOLE),
                moved,
                frames.written() - before,
                Duration.ofNanos(System.nanoTime() - start)));
    }

    private long copy(String sql) throws SQLException, IOException {
        Fingerprint fingerprint = new Fingerprint();
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            fingerprint.add(row);
            frames.data(row);
        }
        frames.partEnd(fingerprint.value());
        return fingerprint.value().rows();
    }

    private String copySql(Manifest.Table table, Content content, Part part, ContentChoice choice) {
        TableSql sql = new TableSql(selection.schema(), table);
        return switch (part) {
            case WHOLE -> sql.copyOut();
            case ROWS -> sql.copyOut("WHERE " + choice.changed());
            case KEYS -> sql.copyKeysOut(content.key());
        };
    }
}
