// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Streams a consistent snapshot of the master's database: one read-only transaction that sees one moment, whatever is
 * written meanwhile. Readers and writers on the master are not held up; only a change of a table's shape waits. A slow
 * receiver slows the sender down, and memory stays constant.
 */
public final class SnapshotSender {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final Selection selection;
    private final FrameWriter frames;
    private final Map<String, Long> rowsByTable = new TreeMap<>();
    private long rows;

    private SnapshotSender(Connection connection, Selection selection, OutputStream out) throws IOException {
        this.connection = connection;
        this.selection = selection;
        this.frames = new FrameWriter(out);
    }

    /**
     * Sends a snapshot. The stream is flushed, not closed.
     *
     * @throws ReplicationException when the database fails; the stream then lacks its end and cannot be applied
     * @throws IOException when the stream cannot be written, mostly because the receiver went away
     * @throws CancelledException when cancelled
     */
    public static SnapshotSummary send(
            ConnectionSource source, Selection selection, OutputStream out, Cancellation cancellation)
            throws ReplicationException, IOException, CancelledException {
        cancellation.check();
        try (Connection connection = source.open()) {
            DatabaseAbort abort = new DatabaseAbort(connection, cancellation);
            try {
                return new SnapshotSender(connection, selection, out).send();
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
        frames.manifest(JSON.writeValueAsBytes(manifest));
        for (int i = 0; i < manifest.tables().size(); i++) {
            copy(i, manifest.tables().get(i));
        }
        List<String> unmatched = catalogue.unmatchedExclusions();
        Baseline baseline = Baseline.read(connection, rowsByTable);
        frames.end(rows);
        connection.commit();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new SnapshotSummary(manifest.tables().size(), rows, frames.written(), baseline, unmatched, took);
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

    private void copy(int index, Manifest.Table table) throws SQLException, IOException {
        frames.tableStart(index);
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copySql(table));
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            frames.data(row);
        }
        frames.tableEnd(copy.getHandledRowCount());
        rowsByTable.put(table.name(), copy.getHandledRowCount());
        rows += copy.getHandledRowCount();
    }

    /** COPY of a partitioned table itself would be an error: its rows are in its partitions. */
    private String copySql(Manifest.Table table) {
        String name = Sql.name(selection.schema(), table.name());
        String columns = Sql.columns(table.columns());
        return table.partitioned()
                ? "COPY (SELECT " + columns.replaceAll("^ \\(|\\)$", "") + " FROM " + name + ") TO STDOUT"
                : "COPY " + name + columns + " TO STDOUT";
    }
}
