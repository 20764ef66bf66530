// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.ami.ProbeReading.Outcome;

class SipOptionsProbeTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 403, 404, 480, 500, 603})
    void anyFinalAnswerIsASignOfLife(int status) throws IOException {
        try (SipPeer peer = SipPeer.answering(status);
                SipOptionsProbe probe = started(peer.address())) {
            await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
            ProbeReading reading = probe.reading();
            assertThat(reading.status()).hasValue(status);
            assertThat(reading.problem()).isNull();
            assertThat(reading.roundTrip()).isNotNull().isPositive();
            assertThat(reading.aliveAge(System.nanoTime()).orElseThrow()).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void anAsteriskThatShutsDownIsRefusingAndNotAlive() throws IOException {
        try (SipPeer peer = SipPeer.answering(503);
                SipOptionsProbe probe = started(peer.address())) {
            await().until(() -> probe.reading().outcome() == Outcome.REFUSING);
            assertThat(probe.reading().status()).hasValue(503);
            assertThat(probe.reading().aliveAt()).isEmpty();
            assertThat(probe.reading().problem()).contains("503");
        }
    }

    @Test
    void aProvisionalAnswerIsNone() throws IOException {
        assertSilentFor(request -> List.of(SipPeer.response(100, request)));
    }

    @Test
    void foreignAndBrokenDatagramsAreNoAnswer() throws IOException {
        Random random = new Random(1);
        byte[] noise = new byte[1400];
        random.nextBytes(noise);
        assertSilentFor(request -> List.of(
                new byte[0],
                noise,
                SipPeer.bytes("\r\n\r\n"),
                SipPeer.bytes(request),
                SipPeer.bytes("SIP/2.0 200 OK\r\n\r\n"),
                SipPeer.bytes("SIP/2.0 99999999999 OK\r\nCSeq: 99999999999999 OPTIONS\r\n\r\n"),
                changed(request, "z9hG4bK", "z9hG4bKx"),
                changed(request, "Call-ID: ", "Call-ID: x"),
                changed(request, "CSeq: ", "CSeq: 9"),
                changed(request, " OPTIONS\r\n", " INVITE\r\n"),
                changed(request, "SIP/2.0 200", "SIP/3.0 200")));
    }

    @Test
    void aLateAnswerStillCounts() throws IOException {
        List<String> asked = new ArrayList<>();
        Function<String, List<byte[]>> answersThePreviousRequest = request -> {
            asked.add(request);
            return asked.size() < 2 ? List.of() : List.of(SipPeer.response(200, asked.get(asked.size() - 2)));
        };
        try (SipPeer peer = new SipPeer(0, answersThePreviousRequest);
                SipOptionsProbe probe = started(peer.address())) {
            await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
            assertThat(probe.reading().roundTrip()).isGreaterThan(INTERVAL.dividedBy(2));
        }
    }

    @Test
    void oneAnswerSentTwiceCountsOnce() throws IOException {
        List<byte[]> first = new ArrayList<>();
        Function<String, List<byte[]>> repeatsItsFirstAnswer = request -> {
            if (first.isEmpty()) {
                first.add(SipPeer.response(200, request));
            }
            return first;
        };
        try (SipPeer peer = new SipPeer(0, repeatsItsFirstAnswer);
                SipOptionsProbe probe = started(peer.address())) {
            await().until(() -> probe.reading().outcome() == Outcome.SILENT);
            assertThat(probe.reading().status()).hasValue(200);
            long aliveAt = probe.reading().aliveAt().orElseThrow();
            int asked = peer.requests().size();
            await().until(() -> peer.requests().size() > asked + 3);
            assertThat(probe.reading().aliveAt()).hasValue(aliveAt);
        }
    }

    @Test
    void aClosedPortIsSeenAtOnceAndNeverEndsTheProbe() throws IOException {
        SipPeer first = SipPeer.answering(200);
        int port = first.address().getPort();
        try (SipOptionsProbe probe = started(first.address())) {
            await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
            first.close();
            await().until(() -> probe.reading().outcome() == Outcome.CLOSED);
            assertThat(probe.reading().aliveAt()).isPresent();
            assertThat(probe.reading().problem()).contains("nothing listens");
            try (SipPeer second = new SipPeer(port, request -> List.of(SipPeer.response(200, request)))) {
                await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
                assertThat(second.senders()).containsOnly(first.senders().get(0));
            }
        }
    }

    @Test
    void aSourceAddressThatIsNotHereIsOurOwnTrouble() throws IOException {
        InetAddress elsewhere = InetAddress.getByName("203.0.113.77");
        try (SipPeer peer = SipPeer.answering(200);
                SipOptionsProbe probe = new SipOptionsProbe(peer.address(), elsewhere, INTERVAL)) {
            probe.start();
            await().until(() -> probe.reading().outcome() == Outcome.UNABLE);
            assertThat(probe.reading().problem()).contains("Cannot assign requested address");
        }
    }

    @Test
    void sendsOneWellFormedRequestPerIntervalFromOnePort() throws IOException {
        try (SipPeer peer = new SipPeer(0, request -> List.of());
                SipOptionsProbe probe = started(peer.address())) {
            await().until(() -> peer.requests().size() >= 10);
            assertThat(peer.senders()).containsOnly(peer.senders().get(0));
            int port = ((InetSocketAddress) peer.senders().get(0)).getPort();
            assertThat(peer.requests().get(2))
                    .startsWith("OPTIONS sip:127.0.0.1:" + peer.address().getPort() + " SIP/2.0\r\n")
                    .contains("\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port + ";branch=z9hG4bK")
                    .contains("\r\nCSeq: 3 OPTIONS\r\n")
                    .contains("\r\nContact: <sip:pbx-ha@127.0.0.1:" + port + ">\r\n")
                    .endsWith("\r\nContent-Length: 0\r\n\r\n");
            assertThat(peer.requests()).doesNotHaveDuplicates();
            assertThat(probe.reading().outcome()).isEqualTo(Outcome.SILENT);
        }
    }

    @Test
    void refusesATargetWithoutAnAddress() {
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 5060);
        assertThatThrownBy(() -> new SipOptionsProbe(unknown, null, INTERVAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere.invalid");
    }

    private static SipOptionsProbe started(InetSocketAddress target) {
        SipOptionsProbe probe = new SipOptionsProbe(target, null, INTERVAL);
        assertThat(probe.reading()).isEqualTo(ProbeReading.PENDING);
        probe.start();
        return probe;
    }

    private static void assertSilentFor(Function<String, List<byte[]>> script) throws IOException {
        try (SipPeer peer = new SipPeer(0, script);
                SipOptionsProbe probe = started(peer.address())) {
            await().until(() -> peer.requests().size() > 10);
            assertThat(probe.reading())
                    .isEqualTo(ProbeReading.PENDING.failed(Outcome.SILENT, probe.name() + ": no answer"));
            assertThat(probe.reading().status()).isEqualTo(OptionalInt.empty());
        }
    }

    private static byte[] changed(String request, String what, String by) {
        String response = new String(SipPeer.response(200, request), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(response).contains(what);
        return SipPeer.bytes(response.replace(what, by));
    }
}
