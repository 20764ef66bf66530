// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.Certificates;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerCall;
import org.pbxha.agent.link.PeerRefusal;
import org.pbxha.agent.link.PeerRoute;
import org.pbxha.agent.profile.Profile;

/**
 * The slave's side of pairing: checks what the master asks, and takes its word once. Nothing is changed here; who waits gets
 * what was agreed.
 */
final class PairingService {
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final NodeMachinery node;
    private final Profile profile;
    private final PairingWindow window;
    private final Consumer<String> events;
    private final CompletableFuture<PairedNode> agreed = new CompletableFuture<>();

    /**
     * A service for one window.
     *
     * @param events gets one line for each thing that the master does
     */
    PairingService(NodeMachinery node, Profile profile, PairingWindow window, Consumer<String> events) {
        this.node = node;
        this.profile = profile;
        this.window = window;
        this.events = events;
    }

    /** What is answered while the window is open. A shut window still says that it is shut. */
    List<PeerRoute> routes(X509Certificate own) {
        return List.of(
                PeerRoute.pairing(PairRequest.CHECK, call -> LinkJson.write(check(call, own))),
                PeerRoute.pairing(PairRequest.COMMIT, this::commit));
    }

    /** Waits for the master; empty when the window shut before. */
    Optional<PairedNode> await() throws InterruptedException {
        while (!window.left().isZero()) {
            try {
                return Optional.of(agreed.get(LOOK.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                // Wrong codes may have shut the window meanwhile.
            } catch (ExecutionException e) {
                throw new IllegalStateException("nobody fails it", e);
            }
        }
        return Optional.ofNullable(agreed.getNow(null));
    }

    private PairReply check(PeerCall call, X509Certificate own) throws IOException, PeerRefusal {
        PairRequest request = admitted(call);
        events.accept("The master at " + request.masterAddress() + " has the right code and asks for checks.");
        PairedNode slave = slave(request, call);
        NodeFacts facts = node.facts(Role.SLAVE, profile);
        List<Check> checks = new ArrayList<>(node.checkPeer(slave.peer(), slave.peerCertificate()));
        checks.addAll(node.checkReachable(reach(request, slave)));
        return new PairReply(
                Certificates.pem(own),
                node.ownKey(Role.SLAVE),
                facts,
                checks,
                plan(slave).show());
    }

    private synchronized String commit(PeerCall call) throws IOException, PeerRefusal {
        PairRequest request = admitted(call);
        PairedNode slave = slave(request, call);
        for (Check check : node.checkPeer(slave.peer(), slave.peerCertificate())) {
            if (check.level() == Check.Level.ERROR) {
                throw new PeerRefusal(
                        CONFLICT, "the slave refuses: " + check.sentence(), "On the slave, " + check.next());
            }
        }
        plan(slave);
        // A master that lost the answer asks again; another one comes too late.
        if (!agreed.complete(slave) && !slave.equals(agreed.getNow(null))) {
            throw new PeerRefusal(CONFLICT, "the slave has just been paired with another master", "");
        }
        return "{}";
    }

    private PairRequest admitted(PeerCall call) throws PeerRefusal {
        PairRequest request;
        try {
            request = LinkJson.read(call.text(), PairRequest.class);
        } catch (IOException e) {
            throw new PeerRefusal(BAD_REQUEST, "this is no request to pair", "Install the same version on both nodes.");
        }
        try {
            window.require(request.secret());
        } catch (PeerRefusal e) {
            events.accept("Refused " + call.remote().getAddress().getHostAddress() + ": " + e.getMessage() + ".");
            throw e;
        }
        return request;
    }

    private PairedNode slave(PairRequest request, PeerCall call) throws PeerRefusal {
        X509Certificate master = call.certificate();
        if (master == null) {
            throw new PeerRefusal(BAD_REQUEST, "the master shows no certificate", "");
        }
        InetAddress own = call.local().getAddress();
        return new PairedNode(
                Role.SLAVE,
                profile,
                own,
                request.master(),
                Certificates.pem(master),
                request.syncKey(),
                request.facts() == null ? List.of() : request.facts().sshHostKeys(),
                request.directories());
    }

    private Plan plan(PairedNode slave) throws IOException, PeerRefusal {
        try {
            return node.plan(slave);
        } catch (IllegalArgumentException e) {
            throw new PeerRefusal(UNPROCESSABLE, "the slave refuses what the master sent: " + e.getMessage(), "");
        }
    }

    private static Reach reach(PairRequest request, PairedNode slave) {
        NodeFacts master = request.facts();
        boolean sip = master != null && master.asteriskRuns();
        // The master's agent starts after the checks.
        return new Reach(
                slave.own(), slave.peer(), request.linkPort(), false, request.sshPort(), sip ? request.sipPort() : 0);
    }
}
