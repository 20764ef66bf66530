// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.SslClientAuthMode;

/** This node's end of the peer link: HTTPS with mutual TLS, small, and hard to keep busy from outside. */
public final class PeerServer implements AutoCloseable {
    /** Says to the peer that an agent runs here and takes it for its peer; nothing else follows from it. */
    public static final String HELLO = "/v1/hello";

    private static final int WORKERS = 6;
    private static final int MAX_CONNECTIONS = 128;
    private static final int BUFFER = 16 * 1024;
    private static final long UNLIMITED = -1;
    private static final int SHUTDOWN_MILLIS = 2_000;

    private final Undertow server;
    private final GracefulShutdownHandler requests;

    private PeerServer(Undertow server, GracefulShutdownHandler requests) {
        this.server = server;
        this.requests = requests;
    }

    /**
     * Listens.
     *
     * @param bind address and port; port 0 takes a free one
     * @param identity this node's
     * @param version this node's version of pbx-ha
     * @param peer the pinned certificate; asked at each request
     * @param pairingOpen whether a pairing window is open; asked at each request to a pairing route
     * @param routes what is answered
     * @throws IOException when the address cannot be bound
     */
    public static PeerServer start(
            InetSocketAddress bind,
            Identity identity,
            String version,
            Supplier<Optional<X509Certificate>> peer,
            BooleanSupplier pairingOpen,
            List<PeerRoute> routes)
            throws IOException {
        PeerGate gate = new PeerGate(peer, pairingOpen);
        List<PeerRoute> all = new ArrayList<>(routes);
        all.add(PeerRoute.text(HELLO, call -> "{}"));
        return start(bind, identity, new PeerDispatcher(gate, version, all, ServerLimits.NORMAL), ServerLimits.NORMAL);
    }

    static PeerServer start(InetSocketAddress bind, Identity identity, PeerDispatcher dispatcher, ServerLimits limits)
            throws IOException {
        GracefulShutdownHandler requests = new GracefulShutdownHandler(dispatcher);
        Undertow server = Undertow.builder()
                .addHttpsListener(bind.getPort(), bind.getHostString(), LinkTls.server(identity))
                .setIoThreads(1)
                .setWorkerThreads(WORKERS)
                .setBufferSize(BUFFER)
                .setDirectBuffers(false)
                .setWorkerOption(Options.WORKER_NAME, "peer-link")
                .setWorkerOption(Options.THREAD_DAEMON, true)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
                .setSocketOption(Options.SSL_ENABLED_PROTOCOLS, Sequence.of(LinkTls.PROTOCOL))
                .setSocketOption(Options.SSL_ENABLED_CIPHER_SUITES, Sequence.of(LinkTls.ciphers()))
                .setSocketOption(Options.CONNECTION_HIGH_WATER, MAX_CONNECTIONS)
                .setSocketOption(Options.CONNECTION_LOW_WATER, MAX_CONNECTIONS - 1)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, millis(limits.idle()))
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, millis(limits.header()))
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, 8 * 1024)
                .setServerOption(UndertowOptions.MAX_HEADERS, 32)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, 32)
                // Streams have no limit; the dispatcher gives the others theirs.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, UNLIMITED)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
                .setHandler(requests)
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            server.stop();
            throw new IOException(
                    "the peer link cannot listen on " + bind + ": "
                            + rootCause(e).getMessage(),
                    e);
        }
        return new PeerServer(server, requests);
    }

    /** The address and port it listens on. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    }

    /** Stops listening; requests under way get two seconds to be answered, then they are broken off. */
    @Override
    public void close() {
        requests.shutdown();
        try {
            boolean unused = requests.awaitShutdown(SHUTDOWN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }

    private static int millis(Duration limit) {
        return Math.toIntExact(limit.toMillis());
    }

    private static Throwable rootCause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
