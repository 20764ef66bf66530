// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.link.AgentReport;
import org.pbxha.agent.link.Heartbeat;
import org.pbxha.agent.link.Identity;
import org.pbxha.agent.link.PeerClient;
import org.pbxha.agent.link.PeerRoute;
import org.pbxha.agent.link.PeerServer;
import org.pbxha.agent.link.PeerTarget;
import org.pbxha.agent.link.PinnedPeer;

/** Both ends of the link to the other agent, and the heartbeat over it. */
final class PeerLink implements AutoCloseable {
    private final Settings settings;
    private final Identity identity;
    private final X509Certificate pinned;
    private final PeerClient requests;
    private final Heartbeat heartbeat;
    private final List<PeerRoute> routes;
    private @Nullable PeerServer server;

    private PeerLink(
            Settings settings,
            Identity identity,
            X509Certificate pinned,
            Supplier<AgentReport> own,
            List<PeerRoute> routes) {
        this.settings = settings;
        this.identity = identity;
        this.pinned = pinned;
        this.requests = client();
        this.heartbeat = new Heartbeat(own, client(), System::nanoTime);
        this.routes = new ArrayList<>(routes);
        this.routes.add(heartbeat.route());
    }

    /**
     * Prepares the link; nobody is heard or answered yet.
     *
     * @throws StartupException when this node is not paired
     */
    static PeerLink prepare(NodePaths paths, Settings settings, Supplier<AgentReport> own, List<PeerRoute> routes)
            throws StartupException {
        try {
            Optional<Identity> identity = Identity.load(paths.data());
            Optional<X509Certificate> pinned = PinnedPeer.load(paths.data());
            if (identity.isEmpty() || pinned.isEmpty()) {
                throw new StartupException(
                        ExitCode.CONFIGURATION, "this node is not paired; run `pbx-ha setup` on both nodes");
            }
            return new PeerLink(settings, identity.get(), pinned.get(), own, routes);
        } catch (IOException e) {
            throw new StartupException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Starts answering the peer, telling it and hearing from it.
     *
     * @throws IOException when the port cannot be had
     */
    void start() throws IOException {
        server = PeerServer.start(
                new InetSocketAddress(settings.link().bind(), settings.link().port()),
                identity,
                BuildVersion.current(),
                () -> Optional.of(pinned),
                () -> false,
                routes);
        heartbeat.start(settings.watch().interval(), settings.takeover().after().dividedBy(2));
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** For requests other than heartbeats. */
    PeerClient requests() {
        return requests;
    }

    private PeerClient client() {
        InetSocketAddress address =
                new InetSocketAddress(settings.peerAddress(), settings.link().port());
        return new PeerClient(PeerTarget.peer(address, identity, pinned, BuildVersion.current()));
    }

    @Override
    public void close() {
        heartbeat.close();
        requests.close();
        PeerServer listening = server;
        if (listening != null) {
            listening.close();
        }
    }
}
