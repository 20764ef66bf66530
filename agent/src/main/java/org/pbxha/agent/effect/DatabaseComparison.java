// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /**
     * What was found.
     *
     * @param tables how many were compared
     * @param rows how many rows they have on this node
     * @param differing tables that differ although nobody has written to them here since the last replication
     * @param later tables that differ because this node has written to them since
     */
    public record Comparison(int tables, long rows, Set<String> differing, Set<String> later) {}

    /** Compares with the slave behind a link; {@code copies} tell what has been written since the last replication. */
    public DatabaseComparison(PeerClient peer, NodeDatabase database, LastCopies copies) {
        this.peer = peer;
        this.database = database;
        this.copies = copies;
    }

    /** Both nodes read at the same time. */
    public Comparison run() throws SyncException, PeerException, IOException {
        CompletableFuture<Verification> ofSlave = CompletableFuture.supplyAsync(this::ask);
        Optional<LastCopies.Replication> last = copies.replication();
        Verification here = Verification.read(
                database, database.selection(), last.map(LastCopies.Replication::baseline), new Cancellation());
        Verification there = answer(ofSlave);
        Set<String> differing = new TreeSet<>(here.differences(there));
        Set<String> later = new TreeSet<>(differing);
        later.retainAll(here.later());
        differing.removeAll(later);
        long rows = here.tables().values().stream()
                .mapToLong(Verification.Table::rows)
                .sum();
        return new Comparison(here.tables().size(), rows, differing, later);
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
