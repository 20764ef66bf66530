// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerCall;
import org.pbxha.agent.link.PeerRefusal;
import org.pbxha.agent.link.PeerRoute;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.SyncException;
import org.pbxha.sync.postgres.ApplySummary;
import org.pbxha.sync.postgres.Generations;
import org.pbxha.sync.postgres.IntactTables;
import org.pbxha.sync.postgres.Receiver;
import org.pbxha.sync.postgres.ReplicationException;
import org.pbxha.sync.postgres.SnapshotApplier;
import org.pbxha.sync.postgres.Verification;

/** The slave's half of replication: takes snapshots while it stands by, and lets go of them when it must serve. */
public final class DatabaseFromPeer {
    /** Where snapshots are posted. */
    public static final String PATH = "/v1/replicate";

    /** Where the master asks what this node has, before it sends. */
    public static final String STATE = "/v1/replicate/state";

    /** The same, because a person wants to replicate. */
    public static final String STATE_ASKED = "/v1/replicate/state/asked";

    /** Where the master asks for the fingerprints of all tables. */
    public static final String VERIFY = "/v1/replicate/verify";

    private static final int CONFLICT = 409;

    private final NodeDatabase database;
    private final Supplier<String> refusal;
    private final Consumer<JobOutcome> result;
    private final LastCopies copies;
    private final Generations generations;
    private final HeldReplica held;
    private final AfterReplication after;
    private final DatabaseWork work = new DatabaseWork();
    private final AtomicReference<@Nullable IntactTables> told = new AtomicReference<>();

    /**
     * A slave's half.
     *
     * @param refusal why this node takes no data now; empty while it stands by
     * @param result hears how each snapshot went
     * @param copies remembers what both nodes have in common then
     * @param generations directory in which what came is kept
     * @param held whether an operator has rolled this node back
     * @param after follows what has changed
     */
    public DatabaseFromPeer(
            NodeDatabase database,
            Supplier<String> refusal,
            Consumer<JobOutcome> result,
            LastCopies copies,
            Path generations,
            HeldReplica held,
            AfterReplication after) {
        this.database = database;
        this.refusal = refusal;
        this.result = result;
        this.copies = copies;
        this.generations = new Generations(generations);
        this.held = held;
        this.after = after;
    }

    /** The routes of the peer link. */
    public List<PeerRoute> routes() {
        return List.of(
                PeerRoute.stream(PATH, this::admit, call -> exclusively(c -> apply(call.body(), c))),
                PeerRoute.stream(STATE, this::admitUnlessHeld, call -> exclusively(c -> state())),
                PeerRoute.stream(STATE_ASKED, this::admit, call -> exclusively(c -> state())),
                PeerRoute.stream(VERIFY, this::admit, call -> exclusively(this::verify)));
    }

    /** Abandons what is under way; the caller is about to start the services that read the database. */
    public void letGo() {
        work.letGo();
        after.letGo();
    }

    /** Brings back the generation before the last one, because an operator wants it. */
    public JobOutcome rollBack() {
        try {
            return exclusively(this::rollBack);
        } catch (PeerRefusal e) {
            return new JobOutcome(ExitCode.REFUSED, "not rolled back: " + e.getMessage());
        } catch (IOException e) {
            return new JobOutcome(ExitCode.FAILED, "not rolled back: " + e.getMessage());
        }
    }

    private String admit(PeerCall call) throws PeerRefusal {
        refuseUnless(refusal.get());
        if (work.isUnderWay()) {
            throw new PeerRefusal(CONFLICT, "another replication is being applied", "try again later");
        }
        return "";
    }

    private String admitUnlessHeld(PeerCall call) throws PeerRefusal {
        refuseUnless(held.refusal());
        return admit(call);
    }

    private static void refuseUnless(String no) throws PeerRefusal {
        if (!no.isEmpty()) {
            throw new PeerRefusal(CONFLICT, no, "see `pbx-ha status` on both nodes");
        }
    }

    private interface Task<T> {
        T run(Cancellation cancellation) throws IOException, PeerRefusal, SyncException;
    }

    private <T> T exclusively(Task<T> task) throws IOException, PeerRefusal {
        Optional<Cancellation> begun = work.begin();
        if (begun.isEmpty()) {
            throw new PeerRefusal(CONFLICT, "another replication is being applied", "try again later");
        }
        try {
            // Asked again now that a takeover would find and cancel this run.
            refuseUnless(refusal.get());
            return task.run(begun.get());
        } catch (SyncException e) {
            throw new PeerRefusal(CONFLICT, "the slave's database: " + e.getMessage(), e.hint());
        } finally {
            work.end();
        }
    }

    private String state() throws SyncException {
        Optional<LastCopies.Replication> last = copies.replication();
        IntactTables intact =
                IntactTables.read(database, database.selection(), last.map(LastCopies.Replication::baseline));
        told.set(intact);
        Map<String, Long> sure = generations.withoutLongChains(intact.rows());
        return LinkJson.write(
                new ReplicaState(last.map(LastCopies.Replication::generation).orElse(""), sure));
    }

    private String verify(Cancellation cancellation) throws SyncException {
        return LinkJson.write(Verification.read(database, database.selection(), Optional.empty(), cancellation));
    }

    private String apply(InputStream body, Cancellation cancellation) throws PeerRefusal {
        Optional<LastCopies.Replication> before = copies.replication();
        copies.replicationBegins();
        Cancellation.Registration closing = cancellation.onCancel(() -> DatabaseWork.close(body));
        try {
            Receiver receiver = new Receiver(Optional.ofNullable(told.getAndSet(null)), Optional.of(generations));
            ApplySummary applied = SnapshotApplier.apply(database, database.selection(), receiver, body, cancellation);
            String generation = UUID.randomUUID().toString();
            copies.replicated(new LastCopies.Replication(Instant.now(), generation, applied.baseline()));
            held.release();
            after.changed(applied.changed());
            result.accept(new JobOutcome(ExitCode.OK, "database received: " + describe(applied)));
            return LinkJson.write(new ReplicationAnswer(
                    true,
                    generation,
                    applied.tables(),
                    applied.rows(),
                    applied.took().toMillis()));
        } catch (ReplicationException e) {
            before.ifPresent(copies::replicated);
            if (e.reason() == ReplicationException.Reason.ROWS_GONE) {
                return LinkJson.write(ReplicationAnswer.ROWS_GONE);
            }
            throw refuse(e);
        } catch (CancelledException e) {
            before.ifPresent(copies::replicated);
            throw refuse(e);
        } finally {
            closing.disarm();
        }
    }

    private JobOutcome rollBack(Cancellation cancellation) throws IOException, SyncException {
        Optional<Instant> at = generations.previousAt();
        Optional<InputStream> previous = generations.previous();
        if (previous.isEmpty()) {
            return new JobOutcome(
                    ExitCode.REFUSED,
                    "not rolled back: no generation before the last one is kept; there is one from the second replication"
                            + " with changes on");
        }
        try (InputStream kept = previous.get()) {
            copies.replicationBegins();
            ApplySummary applied =
                    SnapshotApplier.apply(database, database.selection(), Receiver.PLAIN, kept, cancellation);
            generations.swap();
            held.hold();
            after.changed(applied.changed());
            return new JobOutcome(
                    ExitCode.OK,
                    "rolled back to the database of "
                            + at.map(Instant::toString).orElse("?") + ": " + describe(applied)
                            + "; the schedule does not replicate again until a person does: `pbx-ha replicate` on the master");
        }
    }

    private static String describe(ApplySummary applied) {
        return "%d of %d tables written, %d rows in all, in %.1f s"
                .formatted(
                        applied.changed().size(),
                        applied.tables(),
                        applied.rows(),
                        applied.took().toMillis() / 1000.0);
    }

    private PeerRefusal refuse(SyncException e) {
        result.accept(new JobOutcome(ExitCode.FAILED, "a replication was not applied: " + e.getMessage()));
        return new PeerRefusal(CONFLICT, "the slave did not apply it: " + e.getMessage(), e.hint());
    }
}
