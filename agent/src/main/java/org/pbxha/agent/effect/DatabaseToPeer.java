// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerClient;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.link.StreamLimits;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.SyncException;
import org.pbxha.sync.postgres.Progress;
import org.pbxha.sync.postgres.Replica;
import org.pbxha.sync.postgres.SnapshotSender;
import org.pbxha.sync.postgres.SnapshotSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master's half of replication: what is new in its database, streamed over the peer link. */
public final class DatabaseToPeer {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseToPeer.class);

    /** Connecting is quick; a table that the slave must wait for is not, and applying takes its time. */
    private static final StreamLimits LIMITS =
            new StreamLimits(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(30));

    private final PeerClient peer;
    private final NodeDatabase database;
    private final Supplier<String> refusal;
    private final LastCopies copies;

    /**
     * Replicates this database.
     *
     * @param refusal why nothing may be replicated now; empty when it may
     * @param copies remembers what both nodes have in common then
     */
    public DatabaseToPeer(PeerClient peer, NodeDatabase database, Supplier<String> refusal, LastCopies copies) {
        this.peer = peer;
        this.database = database;
        this.refusal = refusal;
        this.copies = copies;
    }

    /**
     * One run.
     *
     * @param asked whether a person wants it, and not the clock
     * @param watcher takes lines of progress, see {@link ProgressLine}
     */
    public JobOutcome run(boolean asked, Consumer<String> watcher) {
        String no = refusal.get();
        if (!no.isEmpty()) {
            return new JobOutcome(ExitCode.REFUSED, "the database was not replicated: " + no);
        }
        Transfer transfer = new Transfer(watcher);
        Instant began = Instant.now();
        try {
            ReplicationAnswer answer = transfer.run(replica(asked));
            SnapshotSummary sent = transfer.sent;
            if (sent == null || !answer.applied()) {
                return failed(ExitCode.FAILED, "rows are deleted faster than they can be sent", "try again");
            }
            copies.replicated(new LastCopies.Replication(began, answer.generation(), sent.baseline()));
            warn(sent.unmatchedExclusions());
            sent.sent().forEach(table -> watcher.accept(ProgressLine.done(table)));
            return new JobOutcome(ExitCode.OK, describe(sent, answer));
        } catch (PeerException e) {
            boolean refused = e.kind() == PeerException.Kind.REFUSED || e.kind() == PeerException.Kind.VERSION;
            return failed(refused ? ExitCode.REFUSED : ExitCode.FAILED, e.getMessage(), e.hint());
        } catch (IOException e) {
            SyncException cause = transfer.failure;
            return cause == null
                    ? failed(ExitCode.FAILED, e.getMessage(), "see journalctl -u pbx-ha on both nodes")
                    : failed(ExitCode.FAILED, cause.getMessage(), cause.hint());
        }
    }

    /** What the slave has counts only when it is what this node has sent it last. */
    private Replica replica(boolean asked) throws PeerException, IOException {
        String path = asked ? DatabaseFromPeer.STATE_ASKED : DatabaseFromPeer.STATE;
        ReplicaState there = LinkJson.read(peer.upload(path, out -> {}, LIMITS), ReplicaState.class);
        Optional<LastCopies.Replication> last = copies.replication();
        if (last.isEmpty() || !last.get().generation().equals(there.generation())) {
            return Replica.NONE;
        }
        return new Replica(Optional.of(last.get().baseline()), there.intact(), false);
    }

    private static JobOutcome failed(int code, @Nullable String message, String hint) {
        boolean list = message != null && message.indexOf('\n') >= 0;
        return new JobOutcome(
                code,
                "the database was not replicated: " + message + (hint.isEmpty() ? "" : (list ? "\n" : "; ") + hint));
    }

    private static void warn(List<String> unmatched) {
        if (!unmatched.isEmpty()) {
            LOG.warn(
                    "no table of the database is in {}: if such tables are there under other names, they get another fate;"
                            + " see `pbx-ha replicate --plan`",
                    String.join(", ", unmatched));
        }
    }

    private static String describe(SnapshotSummary sent, ReplicationAnswer applied) {
        return "database replicated: %d of %d tables had changed, %d rows in all, %d bytes sent, in %.1f s"
                .formatted(
                        sent.sent().size(), applied.tables(), applied.rows(), sent.bytes(), applied.millis() / 1000.0);
    }

    /** One run: what was sent, or why the sending failed on this node. */
    private final class Transfer {
        private final Progress progress;
        private @Nullable SyncException failure;
        private @Nullable SnapshotSummary sent;

        Transfer(Consumer<String> watcher) {
            this.progress = (table, done, all) -> watcher.accept(ProgressLine.begins(table, done, all));
        }

        /** Deletions that only show by counting cost a second try. */
        ReplicationAnswer run(Replica replica) throws PeerException, IOException {
            ReplicationAnswer answer = once(replica);
            return answer.applied() ? answer : once(replica.withKeys());
        }

        private ReplicationAnswer once(Replica replica) throws PeerException, IOException {
            return LinkJson.read(
                    peer.upload(DatabaseFromPeer.PATH, out -> write(replica, out), LIMITS), ReplicationAnswer.class);
        }

        private void write(Replica replica, OutputStream out) throws IOException {
            try {
                sent = SnapshotSender.send(database, database.selection(), replica, progress, out, new Cancellation());
            } catch (SyncException e) {
                failure = e;
                throw new InterruptedIOException("the snapshot broke off");
            }
        }
    }
}
