// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.postgres.Contents.Content;
import org.pbxha.sync.postgres.Contents.Part;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/**
 * Makes the slave's replicated tables equal to a snapshot of the master's, in one transaction: the old rows stay
 * visible until the last byte has come and every constraint has been checked, and stay for good when anything goes
 * wrong. Needs no superuser, only the tables' owner or a member of it.
 */
public final class SnapshotApplier {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final Selection selection;
    private final Receiver receiver;
    private final Manifest here;
    private final FrameReader frames;
    private final Manifest manifest;
    private final Contents contents;

    /** Looks at this database while the master still looks at its own, and then reads what comes first. */
    private SnapshotApplier(Connection connection, Selection selection, Receiver receiver, InputStream in)
            throws SQLException, IOException, ReplicationException {
        this.selection = selection;
        this.receiver = receiver;
        Sql.prepare(connection);
        this.here = new Catalogue(connection, selection).read();
        this.frames = new FrameReader(in);
        this.manifest = read(frames.manifest(), Manifest.class);
        this.contents = read(frames.contents(), Contents.class);
    }

    /**
     * Applies a snapshot. The stream is read to its end mark, not closed. A cancellation makes the server roll back at
     * once and interrupts the calling thread; a stream whose reads cannot be interrupted must also be closed by
     * whoever cancels ({@link Cancellation#onCancel}).
     *
     * @param receiver what this node has, and where it keeps what comes
     * @throws ReplicationException when the snapshot does not fit, the stream breaks off, or the database fails;
     *     nothing has changed then
     * @throws CancelledException when cancelled before the commit; nothing has changed then
     */
    public static ApplySummary apply(
            ConnectionSource source, Selection selection, Receiver receiver, InputStream in, Cancellation cancellation)
            throws ReplicationException, CancelledException {
        cancellation.check();
        long start = System.nanoTime();
        try (Connection connection = source.open()) {
            DatabaseAbort abort = new DatabaseAbort(connection, cancellation);
            try {
                SnapshotApplier applier = new SnapshotApplier(connection, selection, receiver, in);
                Baseline baseline = applier.apply(connection, abort, cancellation);
                return new ApplySummary(applier.changed(), baseline, Duration.ofNanos(System.nanoTime() - start));
            } finally {
                abort.finish();
            }
        } catch (SQLException e) {
            cancellation.check();
            throw Blockers.explain(e, "writing the database", source, selection);
        } catch (ReplicationException e) {
            cancellation.check();
            throw e;
        } catch (IOException e) {
            cancellation.check();
            throw new ReplicationException(
                    Reason.STREAM, "the snapshot's stream broke off before its end: " + e.getMessage(), e);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) throws IOException, ReplicationException {
        try {
            return JSON.readValue(json, type);
        } catch (JacksonException e) {
            throw FrameReader.broken("what it says of itself cannot be read");
        }
    }

    private Baseline apply(Connection connection, DatabaseAbort abort, Cancellation cancellation)
            throws SQLException, IOException, ReplicationException, CancelledException {
        connection.setAutoCommit(false);
        try (PartSink sink = receiver.sink(manifest, contents)) {
            Preflight.check(connection, manifest, contents, here, selection);
            checkContents();
            Map<String, Long> rows = new TableReplacement(connection, manifest, contents, here, frames, sink).run();
            Baseline baseline = receiver.baseline(Baseline.read(connection, rows));
            if (!abort.tooLateToCancel()) {
                cancellation.check();
            }
            connection.commit();
            sink.commit(rows);
            return baseline;
        } catch (SQLException | IOException | ReplicationException | CancelledException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /** What the master leaves out must be here, and what it says must make sense. */
    private void checkContents() throws ReplicationException {
        for (Manifest.Table table : manifest.tables()) {
            Content content = contents.of(table.name());
            boolean whole = content.comesWhole();
            Long here = receiver.intact().get(table.name());
            if (!whole && (here == null || (content.isUnchanged() && here != content.rows()))) {
                throw FrameReader.broken("it takes table " + table.name() + " for one that is here, which is not so");
            }
            if (content.parts().lastIndexOf(Part.WHOLE) > 0
                    || (content.parts().stream().anyMatch(part -> part != Part.WHOLE)
                            && content.key().isEmpty())) {
                throw FrameReader.broken("its parts of table " + table.name() + " cannot be put together");
            }
        }
    }

    private List<String> changed() {
        return manifest.tables().stream()
                .map(Manifest.Table::name)
                .filter(table -> !contents.of(table).isUnchanged())
                .toList();
    }

    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and the server rolls back when it notices.
            because.addSuppressed(e);
        }
    }
}
