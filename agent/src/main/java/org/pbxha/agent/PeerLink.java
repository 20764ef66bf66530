// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
    private final PeerServer server;

    private PeerLink(
            Settings settings,
            Identity identity,
            X509Certificate pinned,
            Supplier<AgentReport> own,
            List<PeerRoute> routes)
            throws IOException {
        this.settings = settings;
        this.identity = identity;
        this.pinned = pinned;
        this.requests = client();
        this.heartbeat = new Heartbeat(own, client(), System::nanoTime);
        this.server = PeerServer.start(
                new InetSocketAddress(settings.link().bind(), settings.link().port()),
                identity,
                BuildVersion.current(),
                () -> Optional.of(pinned),
                () -> false,
                routes(routes));
    }

    /**
     * Opens the link; the heartbeat does not beat yet.
     *
     * @throws StartupException when this node is not paired, or the port is taken
     */
    static PeerLink open(NodePaths paths, Settings settings, Supplier<AgentReport> own, List<PeerRoute> routes)
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

    /** Starts telling the peer and hearing from it. */
    void start() {
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

    private List<PeerRoute> routes(List<PeerRoute> others) {
        List<PeerRoute> all = new ArrayList<>(others);
        all.add(heartbeat.route());
        return all;
    }

    @Override
    public void close() {
        heartbeat.close();
        requests.close();
        server.close();
    }
}
