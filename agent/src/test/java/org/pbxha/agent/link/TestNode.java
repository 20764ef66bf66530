// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A node of a test: an identity and, when started, a real peer server on loopback. Identities are made once a run. */
final class TestNode implements AutoCloseable {
    static final String VERSION = "0.1.0";
    private static final Map<String, Identity> IDENTITIES = new ConcurrentHashMap<>();

    final Identity identity;
    volatile Optional<X509Certificate> peer = Optional.empty();
    volatile boolean pairing;
    private @Nullable PeerServer server;

    TestNode(String name) {
        this.identity = IDENTITIES.computeIfAbsent(name, unused -> freshIdentity());
    }

    TestNode start(PeerRoute... routes) throws IOException {
        return start(ServerLimits.NORMAL, routes);
    }

    TestNode start(ServerLimits limits, PeerRoute... routes) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return start(any, limits, routes);
    }

    TestNode start(InetSocketAddress bind, ServerLimits limits, PeerRoute... routes) throws IOException {
        PeerGate gate = new PeerGate(() -> peer, () -> pairing);
        PeerDispatcher dispatcher = new PeerDispatcher(gate, VERSION, List.of(routes), limits);
        server = PeerServer.start(bind, identity, dispatcher, limits);
        return this;
    }

    InetSocketAddress address() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.address();
    }

    /** A client of this node that talks to {@code other}, which it has pinned. */
    PeerClient to(TestNode other) {
        return to(other, VERSION);
    }

    PeerClient to(TestNode other, String version) {
        return new PeerClient(PeerTarget.peer(other.address(), identity, other.identity.certificate(), version));
    }

    void pin(TestNode other) {
        peer = Optional.of(other.identity.certificate());
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    private static Identity freshIdentity() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target"), "identity-");
            return Identity.ensure(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
