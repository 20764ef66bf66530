// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerCall;
import org.pbxha.agent.link.PeerRefusal;
import org.pbxha.agent.link.PeerRoute;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.postgres.ApplySummary;
import org.pbxha.sync.postgres.ReplicationException;
import org.pbxha.sync.postgres.SnapshotApplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The slave's half of replication: takes a snapshot while it stands by, and lets go of it when it must serve. */
public final class DatabaseFromPeer {
    /** Where snapshots are posted. */
    public static final String PATH = "/v1/replicate";

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFromPeer.class);
    private static final int CONFLICT = 409;

    private final NodeDatabase database;
    private final Supplier<String> refusal;
    private final Consumer<JobOutcome> result;
    private final LastCopies copies;
    private final AtomicReference<@Nullable Cancellation> underWay = new AtomicReference<>();

    /**
     * A slave's half.
     *
     * @param refusal why this node takes no data now; empty while it stands by
     * @param result hears how each snapshot went
     * @param copies remembers what both nodes have in common then
     */
    public DatabaseFromPeer(
            NodeDatabase database, Supplier<String> refusal, Consumer<JobOutcome> result, LastCopies copies) {
        this.database = database;
        this.refusal = refusal;
        this.result = result;
        this.copies = copies;
    }

    /** The route that takes snapshots. */
    public PeerRoute route() {
        return PeerRoute.stream(PATH, this::admit, this::apply);
    }

    /** Rolls back what is being applied; the caller is about to start the services that read the database. */
    public void letGo() {
        Cancellation cancellation = underWay.get();
        if (cancellation != null) {
            LOG.warn("a replication is rolled back, because this node is about to serve");
            cancellation.cancel("this node is about to serve");
        }
    }

    private String admit(PeerCall call) throws PeerRefusal {
        String no = refusal.get();
        if (!no.isEmpty()) {
            throw new PeerRefusal(CONFLICT, no, "see `pbx-ha status` on both nodes");
        }
        if (underWay.get() != null) {
            throw new PeerRefusal(CONFLICT, "another replication is being applied", "try again later");
        }
        return "";
    }

    private String apply(PeerCall call) throws IOException, PeerRefusal {
        Cancellation cancellation = new Cancellation();
        if (!underWay.compareAndSet(null, cancellation)) {
            throw new PeerRefusal(CONFLICT, "another replication is being applied", "try again later");
        }
        try {
            // Asked again now that a takeover would find and cancel this run.
            String no = refusal.get();
            if (!no.isEmpty()) {
                throw new PeerRefusal(CONFLICT, no, "see `pbx-ha status` on both nodes");
            }
            return apply(call.body(), cancellation);
        } finally {
            underWay.set(null);
        }
    }

    private String apply(InputStream body, Cancellation cancellation) throws PeerRefusal {
        Optional<LastCopies.Replication> before = copies.replication();
        copies.replicationBegins();
        Cancellation.Registration closing = cancellation.onCancel(() -> close(body));
        try {
            ApplySummary applied = SnapshotApplier.apply(database, database.selection(), body, cancellation);
            copies.replicated(new LastCopies.Replication(Instant.now(), applied.baseline()));
            result.accept(new JobOutcome(
                    0,
                    "database received: %d tables, %d rows, in %.1f s"
                            .formatted(
                                    applied.tables(),
                                    applied.rows(),
                                    applied.took().toMillis() / 1000.0)));
            return LinkJson.write(new ReplicationAnswer(
                    applied.tables(), applied.rows(), applied.took().toMillis()));
        } catch (ReplicationException e) {
            before.ifPresent(copies::replicated);
            throw refuse(String.valueOf(e.getMessage()), e.hint());
        } catch (CancelledException e) {
            before.ifPresent(copies::replicated);
            throw refuse(String.valueOf(e.getMessage()), e.hint());
        } finally {
            closing.disarm();
        }
    }

    private PeerRefusal refuse(String message, String hint) {
        result.accept(new JobOutcome(1, "a replication was not applied: " + message));
        return new PeerRefusal(CONFLICT, "the slave did not apply it: " + message, hint);
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.debug("the stream of a cancelled replication was closed already", e);
        }
    }
}
