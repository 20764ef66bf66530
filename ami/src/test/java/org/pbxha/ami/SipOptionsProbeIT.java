// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.ami.ProbeReading.Outcome;

/** Probing a real Asterisk through the endpoint that {@link SipProbeEndpoint} renders. */
class SipOptionsProbeIT {
    /** Ten minutes at the usual pace are 1200 requests: -Dpbxha.options=1200. */
    private static final int REQUESTS = Integer.getInteger("pbxha.options", 200);

    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final String TRANSPORT = "[udp]\ntype = transport\nprotocol = udp\nbind = 0.0.0.0:5060\n\n";

    @ParameterizedTest
    @ValueSource(strings = {"bullseye", "forky"})
    void withoutTheEndpointEachRequestIsASecurityIncident(String suite) {
        try (RealAsterisk asterisk = new RealAsterisk(suite)) {
            asterisk.configure("pjsip.conf", TRANSPORT);
            asterisk.start();
            long before = asterisk.logLines();
            try (SipOptionsProbe probe = started(asterisk)) {
                await().until(() -> probe.reading().status().orElse(0) == 401);
                assertThat(probe.reading().outcome()).isEqualTo(Outcome.ALIVE);
            }
            await().until(() -> asterisk.logLines() > before);
            assertThat(asterisk.logTail()).contains("InvalidAccountID", "No matching endpoint found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bullseye", "forky"})
    void throughTheEndpointNothingIsLoggedAndNoCallIsPossible(String suite) throws IOException {
        try (RealAsterisk asterisk = new RealAsterisk(suite)) {
            // The site has rules of its own; they permit us.
            String acl = "[site]\ntype = acl\ndeny = 0.0.0.0/0\npermit = "
                    + asterisk.us().getHostAddress() + "\n\n";
            asterisk.configure("pjsip.conf", TRANSPORT + acl + SipProbeEndpoint.render(List.of(asterisk.us())));
            // A context that answers all, which the endpoint must not reach.
            asterisk.configure("extensions.conf", "[default]\nexten => _X.,1,Answer()\n same => n,Wait(60)\n");
            asterisk.start();
            assertNothingIsLogged(asterisk);
            assertThat(invite(asterisk)).startsWith("SIP/2.0 404 ");
            assertThat(asterisk.cli("core show channels count")).contains("0 active calls");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void chanSipAnswersWithoutAnyConfigurationAndLogsNothing(String authenticateOptions) {
        try (RealAsterisk asterisk = new RealAsterisk("bullseye")) {
            asterisk.configure(
                    "modules.conf", "[modules]\nautoload = yes\nnoload => chan_pjsip.so\nnoload => res_pjsip.so\n");
            asterisk.configure(
                    "sip.conf",
                    "[general]\nudpbindaddr = 0.0.0.0:5060\nallowguest = no\nalwaysauthreject = yes\nauth_options_requests = "
                            + authenticateOptions + "\n");
            asterisk.start();
            assertNothingIsLogged(asterisk);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bullseye", "forky"})
    void tellsAHungACrashedAndAClosingAsteriskApart(String suite) throws UnknownHostException {
        try (RealAsterisk asterisk = new RealAsterisk(suite);
                SipOptionsProbe probe = started(asterisk)) {
            await().until(() -> probe.reading().outcome() == Outcome.CLOSED);
            asterisk.configure("pjsip.conf", TRANSPORT + SipProbeEndpoint.render(List.of(asterisk.us())));
            asterisk.configure("extensions.conf", "[here]\nexten => 1,1,Answer()\n same => n,Wait(60)\n");
            asterisk.start();
            await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
            assertThat(probe.reading().status()).hasValue(200);

            asterisk.signal("STOP");
            await().until(() -> probe.reading().outcome() == Outcome.SILENT);
            asterisk.signal("CONT");
            await().until(() -> probe.reading().outcome() == Outcome.ALIVE);

            // With a call in progress a graceful stop, and the command for it, take their time.
            asterisk.cli("channel originate Local/1@here application Wait 60");
            asterisk.shell("asterisk -rx 'core stop gracefully' >/dev/null 2>&1 </dev/null &");
            await().until(() -> probe.reading().outcome() == Outcome.REFUSING);
            assertThat(probe.reading().status()).hasValue(503);

            asterisk.signal("KILL");
            await().until(() -> probe.reading().outcome() == Outcome.CLOSED);
            Docker.run("network", "disconnect", "bridge", asterisk.container());
            await().until(() -> probe.reading().outcome() == Outcome.SILENT);
        }
    }

    private static SipOptionsProbe started(RealAsterisk asterisk) {
        SipOptionsProbe probe = new SipOptionsProbe(asterisk.sip(), null, INTERVAL);
        probe.start();
        return probe;
    }

    private static void assertNothingIsLogged(RealAsterisk asterisk) {
        long before = asterisk.logLines();
        int answers = 0;
        try (SipOptionsProbe probe = started(asterisk)) {
            long last = 0;
            while (answers < REQUESTS) {
                long known = last;
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> probe.reading().aliveAt().orElse(known) != known);
                last = probe.reading().aliveAt().orElseThrow();
                answers++;
            }
        }
        assertThat(asterisk.logLines()).describedAs(asterisk::logTail).isEqualTo(before);
    }

    /** The final answer to a call from the address that the endpoint is known by. */
    private static String invite(RealAsterisk asterisk) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(asterisk.sip());
            socket.setSoTimeout(10_000);
            String us = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
            String body =
                    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";
            InetSocketAddress target = asterisk.sip();
            byte[] request = ("INVITE sip:100@" + target.getHostString() + " SIP/2.0\r\nVia: SIP/2.0/UDP " + us
                            + ";branch=z9hG4bKinvite;rport\r\nMax-Forwards: 70\r\nFrom: <sip:pbx-ha@" + us
                            + ">;tag=1\r\nTo: <sip:100@" + target.getHostString()
                            + ">\r\nCall-ID: invite\r\nCSeq: 1 INVITE\r\nContact: <sip:pbx-ha@" + us
                            + ">\r\nContent-Type: application/sdp\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body)
                    .getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(request, request.length));
            String answer;
            do {
                DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
                socket.receive(packet);
                answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
            } while (answer.startsWith("SIP/2.0 1"));
            return answer;
        }
    }
}
