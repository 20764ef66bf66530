// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.pbxha.sync.postgres.SnapshotSender;
import org.pbxha.sync.postgres.SnapshotSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master's half of replication: a snapshot of its database, streamed over the peer link. */
public final class DatabaseToPeer implements Supplier<JobOutcome> {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseToPeer.class);

    /** Connecting is quick; a table that the slave must wait for is not, and applying takes its time. */
    private static final StreamLimits LIMITS =
            new StreamLimits(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(10));

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

    @Override
    public JobOutcome get() {
        String no = refusal.get();
        if (!no.isEmpty()) {
            return new JobOutcome(ExitCode.REFUSED, "the database was not replicated: " + no);
        }
        Transfer transfer = new Transfer();
        Instant began = Instant.now();
        try {
            ReplicationAnswer applied =
                    LinkJson.read(peer.upload(DatabaseFromPeer.PATH, transfer::write, LIMITS), ReplicationAnswer.class);
            SnapshotSummary sent = transfer.sent;
            if (sent != null) {
                copies.replicated(new LastCopies.Replication(began, sent.baseline()));
                warn(sent.unmatchedExclusions());
            }
            return new JobOutcome(ExitCode.OK, transfer.describe(applied));
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

    /** One run: what was sent, or why the sending failed on this node. */
    private final class Transfer {
        private @Nullable SyncException failure;
        private @Nullable SnapshotSummary sent;

        void write(OutputStream out) throws IOException {
            try {
                sent = SnapshotSender.send(database, database.selection(), out, new Cancellation());
            } catch (SyncException e) {
                failure = e;
                throw new InterruptedIOException("the snapshot broke off");
            }
        }

        String describe(ReplicationAnswer applied) {
            String bytes = sent == null ? "" : ", " + sent.bytes() + " bytes";
            return "database replicated: %d tables, %d rows%s, in %.1f s"
                    .formatted(applied.tables(), applied.rows(), bytes, applied.millis() / 1000.0);
        }
    }
}
