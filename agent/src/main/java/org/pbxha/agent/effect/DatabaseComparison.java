// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerClient;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.link.StreamLimits;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.SyncException;
import org.pbxha.sync.postgres.Verification;

/** Compares every replicated table of both nodes and writes nothing. Runs on the master. */
public final class DatabaseComparison {
    /** A large database takes its time. */
    private static final StreamLimits LIMITS =
            new StreamLimits(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofHours(2));

    private final PeerClient peer;
    private final NodeDatabase database;
    private final LastCopies copies;

    /** Compares with the slave behind a link; {@code copies} tell what has been written since the last replication. */
    public DatabaseComparison(PeerClient peer, NodeDatabase database, LastCopies copies) {
        this.peer = peer;
        this.database = database;
        this.copies = copies;
    }

    /** Both nodes read at the same time. Fails when they differ; each table that does is a line. */
    public JobOutcome run(Consumer<String> lines) {
        CompletableFuture<Verification> ofSlave = CompletableFuture.supplyAsync(this::ask);
        Optional<LastCopies.Replication> last = copies.replication();
        try {
            Verification here = Verification.read(
                    database, database.selection(), last.map(LastCopies.Replication::baseline), new Cancellation());
            return compare(here, answer(ofSlave), lines);
        } catch (PeerException e) {
            boolean refused = e.kind() == PeerException.Kind.REFUSED || e.kind() == PeerException.Kind.VERSION;
            return failed(refused ? ExitCode.REFUSED : ExitCode.FAILED, e.getMessage(), e.hint());
        } catch (SyncException e) {
            return failed(ExitCode.FAILED, e.getMessage(), e.hint());
        } catch (IOException e) {
            return failed(ExitCode.FAILED, e.getMessage(), "see journalctl -u pbx-ha on both nodes");
        }
    }

    private static JobOutcome failed(int code, @Nullable String message, String hint) {
        return new JobOutcome(code, "the databases were not compared: " + message + "; " + hint);
    }

    private static JobOutcome compare(Verification here, Verification there, Consumer<String> lines) {
        Set<String> differing = new TreeSet<>(here.differences(there));
        Set<String> later = new TreeSet<>(differing);
        later.retainAll(here.later());
        differing.removeAll(later);
        later.forEach(table -> lines.accept("  " + table + ": written here since the last replication"));
        differing.forEach(table -> lines.accept("  " + table + ": DIFFERENT on the slave"));
        long rows = here.tables().values().stream()
                .mapToLong(Verification.Table::rows)
                .sum();
        String text = "databases compared: %d tables, %d rows, %d tables differ, %d are newer here"
                .formatted(here.tables().size(), rows, differing.size(), later.size());
        return differing.isEmpty()
                ? new JobOutcome(ExitCode.OK, text)
                : new JobOutcome(
                        ExitCode.FAILED,
                        text + ": " + String.join(", ", differing)
                                + "; find out who wrote to the slave, `pbx-ha replicate` makes both equal again");
    }

    private Verification ask() {
        try {
            return LinkJson.read(peer.upload(DatabaseFromPeer.VERIFY, out -> {}, LIMITS), Verification.class);
        } catch (PeerException | IOException e) {
            throw new CompletionException(e);
        }
    }

    private static Verification answer(CompletableFuture<Verification> asked) throws PeerException, IOException {
        try {
            return asked.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PeerException ofPeer) {
                throw ofPeer;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
