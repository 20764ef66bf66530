// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.pbxha.agent.link.Certificates;
import org.pbxha.agent.link.Fingerprint;
import org.pbxha.agent.link.Identity;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerClient;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.link.PeerServer;
import org.pbxha.agent.link.PeerTarget;

/** The slave, as the master's setup talks to it. */
final class SlaveNode {
    /** The slave tries to reach this node meanwhile. */
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(90);

    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(30);
    private static final Duration HELLO_LIMIT = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final InetSocketAddress address;
    private final Identity own;
    private final String version;

    SlaveNode(InetAddress address, int port, Identity own, String version) {
        this.address = new InetSocketAddress(address, port);
        this.own = own;
        this.version = version;
    }

    /** What the slave says of itself and of us. */
    PairReply check(PairingCode code, PairRequest request) throws PeerException, SetupException {
        String json = post(code, PairRequest.CHECK, request, CHECK_LIMIT);
        try {
            PairReply reply = LinkJson.read(json, PairReply.class);
            X509Certificate certificate = Certificates.parse(reply.certificate());
            if (Fingerprint.of(certificate).startsWith(code.fingerprint())) {
                return reply;
            }
            throw new CertificateException("the slave names another certificate than it shows");
        } catch (IOException | CertificateException e) {
            throw new SetupException(
                    "the slave's answer cannot be read: " + e.getMessage(),
                    "Install the same version on both nodes.",
                    e);
        }
    }

    /** Makes the slave begin. */
    void commit(PairingCode code, PairRequest request) throws PeerException {
        post(code, PairRequest.COMMIT, request, COMMIT_LIMIT);
    }

    /**
     * Waits until the agent of the node with this certificate runs there and takes us for its peer.
     *
     * @param patience failures after which it is asked again; any other one ends the waiting
     */
    boolean awaitAgent(X509Certificate pinned, Duration limit, Set<PeerException.Kind> patience)
            throws InterruptedException {
        long start = System.nanoTime();
        CountDownLatch never = new CountDownLatch(1);
        Optional<PeerException.Kind> failure = hello(pinned);
        while (failure.filter(patience::contains).isPresent() && System.nanoTime() - start < limit.toNanos()) {
            boolean unused = never.await(PAUSE.toMillis(), MILLISECONDS);
            failure = hello(pinned);
        }
        return failure.isEmpty();
    }

    private Optional<PeerException.Kind> hello(X509Certificate pinned) {
        try (PeerClient client = new PeerClient(PeerTarget.peer(address, own, pinned, version))) {
            client.post(PeerServer.HELLO, "{}", HELLO_LIMIT);
            return Optional.empty();
        } catch (PeerException e) {
            return Optional.of(e.kind());
        }
    }

    private String post(PairingCode code, String path, PairRequest request, Duration limit) throws PeerException {
        PeerTarget target = PeerTarget.pairing(address, own, code.fingerprint(), version);
        try (PeerClient client = new PeerClient(target)) {
            return client.post(path, LinkJson.write(request), limit);
        }
    }
}
