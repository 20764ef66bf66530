// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.SyncException;

/** Moves snapshots between databases of a test. */
final class Replication {
    static final Selection SELECTION =
            new Selection("public", Set.of("cel", "queue_log", "fired", "kept_child"), List.of("alembic_version"));

    private Replication() {}

    /** Streams from one to the other through a small pipe, as between two nodes. */
    static ApplySummary run(Database master, Database slave, Selection selection) throws Exception {
        try (PipedInputStream in = new PipedInputStream(64 * 1024);
                PipedOutputStream out = new PipedOutputStream(in)) {
            CompletableFuture<SnapshotSummary> sent = CompletableFuture.supplyAsync(() -> {
                try (out) {
                    return SnapshotSender.send(
                            master.source(), selection, Replica.NONE, Progress.NONE, out, new Cancellation());
                } catch (SyncException | IOException e) {
                    throw new CompletionException(e);
                }
            });
            ApplySummary applied =
                    SnapshotApplier.apply(slave.source(), selection, Receiver.PLAIN, in, new Cancellation());
            if (sent.get().rows() != applied.rows()) {
                throw new AssertionError("sent " + sent.get() + ", applied " + applied);
            }
            return applied;
        }
    }

    static ApplySummary run(Database master, Database slave) throws Exception {
        return run(master, slave, SELECTION);
    }

    static byte[] snapshot(Database master) throws Exception {
        return snapshot(master.source());
    }

    static byte[] snapshot(ConnectionSource master) throws Exception {
        return snapshot(master, SELECTION);
    }

    static byte[] snapshot(Database master, Selection selection) throws Exception {
        return snapshot(master.source(), selection);
    }

    private static byte[] snapshot(ConnectionSource master, Selection selection) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotSender.send(master, selection, Replica.NONE, Progress.NONE, out, new Cancellation());
        return out.toByteArray();
    }

    /** Everything, as to a slave of which nothing is known. */
    static SnapshotSummary send(ConnectionSource master, OutputStream out) throws SyncException, IOException {
        return SnapshotSender.send(master, SELECTION, Replica.NONE, Progress.NONE, out, new Cancellation());
    }

    static ApplySummary apply(Database slave, byte[] snapshot) throws SyncException {
        return apply(slave, snapshot, SELECTION);
    }

    static ApplySummary apply(Database slave, byte[] snapshot, Selection selection) throws SyncException {
        return SnapshotApplier.apply(
                slave.source(), selection, Receiver.PLAIN, new ByteArrayInputStream(snapshot), new Cancellation());
    }

    static ApplySummary apply(ConnectionSource slave, InputStream snapshot, Cancellation cancellation)
            throws SyncException {
        return SnapshotApplier.apply(slave, SELECTION, Receiver.PLAIN, snapshot, cancellation);
    }
}
