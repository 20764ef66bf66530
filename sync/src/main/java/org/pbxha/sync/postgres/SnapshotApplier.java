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
import java.util.Map;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the slave's replicated tables equal to a snapshot of the master's, in one transaction: the old rows stay
 * visible until the last byte has come and every constraint has been checked, and stay for good when anything goes
 * wrong. Needs no superuser, only the tables' owner or a member of it.
 */
public final class SnapshotApplier {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotApplier.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final Selection selection;
    private final FrameReader frames;
    private final Manifest manifest;

    private SnapshotApplier(Selection selection, InputStream in) throws IOException, ReplicationException {
        this.selection = selection;
        this.frames = new FrameReader(in);
        this.manifest = readManifest();
    }

    /**
     * Applies a snapshot. The stream is read to its end mark, not closed. A cancellation makes the server roll back at
     * once and interrupts the calling thread; a stream whose reads cannot be interrupted must also be closed by
     * whoever cancels ({@link Cancellation#onCancel}).
     *
     * @throws ReplicationException when the snapshot does not fit, the stream breaks off, or the database fails;
     *     nothing has changed then
     * @throws CancelledException when cancelled before the commit; nothing has changed then
     */
    public static ApplySummary apply(
            ConnectionSource source, Selection selection, InputStream in, Cancellation cancellation)
            throws ReplicationException, CancelledException {
        cancellation.check();
        long start = System.nanoTime();
        try (Connection connection = source.open()) {
            DatabaseAbort abort = new DatabaseAbort(connection, cancellation);
            try {
                SnapshotApplier applier = new SnapshotApplier(selection, in);
                Baseline baseline = applier.apply(connection, abort, cancellation);
                applier.analyze(connection);
                return new ApplySummary(baseline.rows(), baseline, Duration.ofNanos(System.nanoTime() - start));
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

    private Manifest readManifest() throws IOException, ReplicationException {
        try {
            return JSON.readValue(frames.manifest(), Manifest.class);
        } catch (JacksonException e) {
            throw FrameReader.broken("its manifest cannot be read");
        }
    }

    private Baseline apply(Connection connection, DatabaseAbort abort, Cancellation cancellation)
            throws SQLException, IOException, ReplicationException, CancelledException {
        Sql.prepare(connection);
        connection.setAutoCommit(false);
        try {
            Manifest here = new Catalogue(connection, selection).read();
            Preflight.check(connection, manifest, here, selection);
            Map<String, Long> rows = new TableReplacement(connection, manifest, here, frames).run();
            // The tables are locked: nobody else has written to them since, and nobody does before the commit.
            Baseline baseline = Baseline.read(connection, rows);
            if (!abort.tooLateToCancel()) {
                cancellation.check();
            }
            connection.commit();
            return baseline;
        } catch (SQLException | IOException | ReplicationException | CancelledException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /** The new rows need new statistics at once: autovacuum may come after the first calls of a takeover. */
    private void analyze(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        for (Manifest.Table table : manifest.tables()) {
            try {
                Sql.run(connection, "ANALYZE " + Sql.name(selection.schema(), table.name()));
            } catch (SQLException e) {
                LOG.warn(
                        "{} is replicated, but its statistics are old until autovacuum comes: {}",
                        table.name(),
                        SqlErrors.explain(e, "ANALYZE").getMessage());
            }
        }
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
