// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that send slowly, too much or nothing: they are cut off, and meanwhile the peer gets its answers. */
class HostileCallersIT {
    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final ServerLimits LIMITS = new ServerLimits(SHORT, SHORT, SHORT, SHORT, SHORT);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final TestNode master = new TestNode("master");
    private final TestNode slave = new TestNode("slave");
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void pairTheNodes() throws IOException {
        slave.pin(master);
        slave.start(LIMITS, PeerRoute.text("/v1/echo", PeerCall::text));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        slave.close();
    }

    @Test
    void aCallerThatNeverSpeaksIsCutOff() throws Exception {
        Socket silent = connect();
        thePeerIsAnswered();
        isCutOff(silent);
    }

    @Test
    void aCallerThatStopsInTheHandshakeIsCutOff() throws Exception {
        Socket half = connect();
        // The head of a TLS record that announces 512 bytes, of which only some come.
        half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
        thePeerIsAnswered();
        isCutOff(half);
    }

    @Test
    void manyHalfSentHeadsHoldNoThreadAndAreCutOff() throws Exception {
        for (int i = 0; i < 40; i++) {
            send(tls(master), "POST /v1/echo HTTP/1.1\r\nHost: x\r\n");
        }
        thePeerIsAnswered();
        for (Socket socket : List.copyOf(sockets)) {
            isCutOff(socket);
        }
    }

    @Test
    void manyHalfSentBodiesOfThePeerHoldNoThreadAndAreCutOff() throws Exception {
        for (int i = 0; i < 40; i++) {
            send(tls(master), "POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nslow");
        }
        thePeerIsAnswered();
        for (Socket socket : List.copyOf(sockets)) {
            isCutOff(socket);
        }
    }

    @Test
    void aStrangerThatGoesOnSendingIsCutOff() throws Exception {
        SSLSocket socket = tls(slave);
        send(socket, "POST /v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        InputStream in = socket.getInputStream();
        assertThat(new String(in.readNBytes(12), US_ASCII)).isEqualTo("HTTP/1.1 403");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            boolean refused = false;
            try {
                send(socket, "1\r\nx\r\n");
            } catch (IOException e) {
                refused = true;
            }
            assertThat(refused).isTrue();
        });
    }

    @Test
    void aStrangerLearnsNothingFromTheAnswer() throws Exception {
        SSLSocket socket = tls(slave);
        send(socket, "POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
        assertThat(answer).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\n");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("pbx", "undertow", "server:", "0.1.0");
    }

    @Test
    void aHeadOverTheLimitIsNotRead() throws Exception {
        SSLSocket socket = tls(master);
        try {
            send(socket, "POST /v1/echo HTTP/1.1\r\nX: " + "x".repeat(64 * 1024));
        } catch (IOException e) {
            assertThat(socket.isConnected()).isTrue();
        }
        isCutOff(socket);
        thePeerIsAnswered();
    }

    @Test
    void olderTlsIsRefused() throws Exception {
        SSLSocket socket = (SSLSocket) trustingAll(master).getSocketFactory().createSocket();
        sockets.add(socket);
        socket.connect(slave.address());
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        SSLContext old = SSLContext.getInstance("TLSv1.2");
        old.init(
                master.identity.keyManagers(),
                new javax.net.ssl.TrustManager[] {new CertificateTrust(shown -> true)},
                null);
        SSLSocket second = (SSLSocket) old.getSocketFactory().createSocket();
        sockets.add(second);
        second.connect(slave.address());
        second.setEnabledProtocols(new String[] {"TLSv1.2"});
        org.assertj.core.api.Assertions.assertThatThrownBy(second::startHandshake)
                .isInstanceOf(IOException.class);
    }

    private void thePeerIsAnswered() throws Exception {
        try (PeerClient client = master.to(slave)) {
            assertThat(client.post("/v1/echo", "alive", HEARTBEAT)).isEqualTo("alive");
        }
    }

    private static void isCutOff(Socket socket) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            boolean ended;
            try {
                socket.setSoTimeout(1000);
                socket.getInputStream().readAllBytes();
                ended = true;
            } catch (java.net.SocketTimeoutException e) {
                ended = false;
            } catch (IOException e) {
                ended = true;
            }
            assertThat(ended).isTrue();
        });
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(slave.address());
        return socket;
    }

    private SSLSocket tls(TestNode caller) throws IOException {
        Socket plain = connect();
        SSLSocket socket = (SSLSocket) trustingAll(caller)
                .getSocketFactory()
                .createSocket(plain, "127.0.0.1", slave.address().getPort(), true);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext trustingAll(TestNode caller) {
        return LinkTls.client(caller.identity, shown -> true);
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(US_ASCII));
        out.flush();
    }
}
