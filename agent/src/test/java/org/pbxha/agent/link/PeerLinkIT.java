// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.link.PeerException.Kind;

/** Who gets an answer on the peer link, and what the other side learns when it does not. */
class PeerLinkIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TestNode master = new TestNode("master");
    private final TestNode slave = new TestNode("slave");
    private final TestNode stranger = new TestNode("stranger");
    private final CountDownLatch testEnds = new CountDownLatch(1);

    @BeforeEach
    void pairTheNodes() throws IOException {
        slave.pin(master);
        slave.start(
                PeerRoute.text("/v1/echo", call -> call.text() + " from " + call.version()),
                PeerRoute.text("/v1/no", call -> {
                    throw new PeerRefusal(409, "this node is active", "Run `pbx-ha failback` first.");
                }),
                PeerRoute.text("/v1/bug", call -> {
                    throw new IllegalStateException("secret detail");
                }),
                PeerRoute.text("/v1/hang", call -> {
                    awaitTheEnd();
                    return "";
                }),
                PeerRoute.pairing("/v1/pair/check", call -> "{\"certificate\":" + (call.certificate() != null) + "}"));
    }

    @AfterEach
    void stop() {
        testEnds.countDown();
        slave.close();
    }

    @Test
    void pairedNodesTalk() throws Exception {
        try (PeerClient client = master.to(slave)) {
            assertThat(client.post("/v1/echo", "hello", SOON)).isEqualTo("hello from 0.1.0");
            assertThat(client.post("/v1/echo", "again", SOON)).isEqualTo("again from 0.1.0");
        }
    }

    @Test
    void aNodeWithAnotherCertificateIsToldNothing() {
        PeerException error = failure(stranger.to(slave), "/v1/echo");
        assertThat(error.kind()).isEqualTo(Kind.STRANGER);
        assertThat(error).hasMessageContaining(slave.address().getAddress().getHostAddress());
        assertThat(failure(stranger.to(slave), "/v1/no-such-path").kind()).isEqualTo(Kind.STRANGER);
    }

    @Test
    void aNodeWithoutCertificateIsToldNothing() {
        assertThat(failure(withoutCertificate(), "/v1/echo").kind()).isEqualTo(Kind.STRANGER);
    }

    @Test
    void anUnpairedNodeTalksToNobody() {
        slave.peer = java.util.Optional.empty();
        assertThat(failure(master.to(slave), "/v1/echo").kind()).isEqualTo(Kind.STRANGER);
    }

    @Test
    void theClientTalksOnlyToTheNodeItHasPinned() {
        PeerTarget target =
                PeerTarget.peer(slave.address(), master.identity, stranger.identity.certificate(), TestNode.VERSION);
        PeerException error = failure(new PeerClient(target), "/v1/echo");
        assertThat(error.kind()).isEqualTo(Kind.NOT_OUR_PEER);
        assertThat(error).hasMessageContaining(slave.identity.fingerprint().toString());
    }

    @Test
    void aNewPinCountsAtOnceEvenOnAConnectionThatStands() throws Exception {
        try (PeerClient client = master.to(slave)) {
            client.post("/v1/echo", "hello", SOON);
            slave.pin(stranger);
            assertThat(failure(client, "/v1/echo").kind()).isEqualTo(Kind.STRANGER);
        }
    }

    @Test
    void pairingRoutesAreShutUntilTheWindowOpens() throws Exception {
        assertThat(failure(withoutCertificate(), "/v1/pair/check").kind()).isEqualTo(Kind.STRANGER);
        slave.pairing = true;
        assertThat(withoutCertificate().post("/v1/pair/check", "{}", SOON)).isEqualTo("{\"certificate\":false}");
        assertThat(stranger.to(slave).post("/v1/pair/check", "{}", SOON)).isEqualTo("{\"certificate\":true}");
        assertThat(failure(withoutCertificate(), "/v1/echo").kind()).isEqualTo(Kind.STRANGER);
    }

    @Test
    void aWrongFingerprintInTheCodeStopsBeforeAnythingIsSent() {
        byte[] other = stranger.identity.fingerprint().prefix(16);
        slave.pairing = true;
        PeerClient client = new PeerClient(PeerTarget.pairing(slave.address(), null, other, TestNode.VERSION));
        assertThat(failure(client, "/v1/pair/check").kind()).isEqualTo(Kind.NOT_OUR_PEER);
    }

    @Test
    void aRefusalCarriesItsSentenceAndTheNextStep() {
        PeerException error = failure(master.to(slave), "/v1/no");
        assertThat(error.kind()).isEqualTo(Kind.REFUSED);
        assertThat(error).hasMessage("this node is active");
        assertThat(error.hint()).isEqualTo("Run `pbx-ha failback` first.");
    }

    @Test
    void anUnknownPathNamesTheVersion() {
        assertThat(failure(master.to(slave), "/v1/future")).hasMessageContaining("0.1.0");
    }

    @Test
    void aBugInAHandlerIsAnAnswerWithoutItsDetails() throws Exception {
        PeerException error = failure(master.to(slave), "/v1/bug");
        assertThat(error.kind()).isEqualTo(Kind.REFUSED);
        assertThat(error.getMessage() + error.hint()).doesNotContain("secret");
        assertThat(master.to(slave).post("/v1/echo", "still", SOON)).startsWith("still");
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        String big = "x".repeat(PeerDispatcher.TEXT_LIMIT + 1);
        assertThatThrownBy(() -> master.to(slave).post("/v1/echo", big, SOON)).isInstanceOf(PeerException.class);
    }

    @Test
    void aBodyAtTheLimitIsTaken() throws Exception {
        String big = "x".repeat(PeerDispatcher.TEXT_LIMIT);
        assertThat(master.to(slave).post("/v1/echo", big, SOON)).hasSizeGreaterThan(PeerDispatcher.TEXT_LIMIT);
    }

    @Test
    void anotherVersionMayTalk() throws Exception {
        assertThat(master.to(slave, "0.9.9").post("/v1/echo", "hi", SOON)).isEqualTo("hi from 0.9.9");
    }

    @Test
    void aHandlerThatHangsDoesNotHoldTheCallerLonger() {
        long start = System.nanoTime();
        PeerException error = failure(master.to(slave), "/v1/hang", Duration.ofMillis(300));
        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void nothingListeningIsSaid() {
        InetSocketAddress address = slave.address();
        slave.close();
        PeerTarget target = PeerTarget.peer(address, master.identity, slave.identity.certificate(), TestNode.VERSION);
        PeerException error = failure(new PeerClient(target), "/v1/echo");
        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(error).hasMessageContaining("port " + address.getPort());
        assertThat(error.hint()).contains("systemctl status pbx-ha");
    }

    @Test
    void anAddressInUseIsSaid() {
        TestNode second = new TestNode("master");
        assertThatThrownBy(() -> second.start(slave.address(), ServerLimits.NORMAL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(slave.address().getPort()));
    }

    private void awaitTheEnd() {
        try {
            testEnds.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PeerClient withoutCertificate() {
        byte[] fingerprint = slave.identity.fingerprint().prefix(16);
        return new PeerClient(PeerTarget.pairing(slave.address(), null, fingerprint, TestNode.VERSION));
    }

    private static PeerException failure(PeerClient client, String path) {
        return failure(client, path, SOON);
    }

    private static PeerException failure(PeerClient client, String path, Duration limit) {
        return catchThrowableOfType(PeerException.class, () -> client.post(path, "{}", limit));
    }
}
