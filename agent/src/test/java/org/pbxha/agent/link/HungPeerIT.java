// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.link.PeerException.Kind;

/** A peer that accepts and then does not play along never holds a call beyond its limit. */
class HungPeerIT {
    private static final Duration LIMIT = Duration.ofMillis(600);

    private final TestNode master = new TestNode("master");
    private final TestNode slave = new TestNode("slave");
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        testEnds.countDown();
        listener.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    @Test
    void acceptsAndStaysSilent() {
        serve(socket -> testEnds.await());
        assertThat(failureInTime().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void dripsOneByteAtATimeForEver() {
        serve(socket -> {
            // A TLS record that is announced as long and comes one byte at a time: each read succeeds in time.
            socket.getOutputStream().write(new byte[] {22, 3, 3, 0x3f, 0x00});
            while (!testEnds.await(50, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write(0);
            }
        });
        assertThat(failureInTime().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void speaksPlainHttp() {
        serve(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
            testEnds.await();
        });
        PeerException error = failureInTime();
        assertThat(error.kind()).isEqualTo(Kind.NOT_OUR_PEER);
        assertThat(error).hasMessageContaining("does not speak the peer link");
    }

    @Test
    void closesAtOnce() {
        serve(Socket::close);
        assertThat(failureInTime().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    private PeerException failureInTime() {
        InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
        PeerTarget target = PeerTarget.peer(address, master.identity, slave.identity.certificate(), TestNode.VERSION);
        try (PeerClient client = new PeerClient(target)) {
            long start = System.nanoTime();
            PeerException error =
                    catchThrowableOfType(PeerException.class, () -> client.post(Heartbeat.PATH, "{}", LIMIT));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            return error;
        }
    }

    private void serve(Behaviour behaviour) {
        Thread thread = new Thread(() -> {
            try {
                Socket socket = listener.accept();
                accepted.add(socket);
                behaviour.on(socket);
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Behaviour {
        void on(Socket socket) throws IOException, InterruptedException;
    }
}
