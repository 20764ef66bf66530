// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.agent.effect.PacketFilter.Trace;
import org.pbxha.ami.ProbeReading.Outcome;
import org.pbxha.ami.SipOptionsProbe;

/** The shutter against real nft and real iptables, with a real Asterisk behind. */
class SipShutterIT {
    /** Not the whole of nft's rules: iptables makes its own base chains and counters there when it is first used. */
    private static final String RULES = "nft list tables inet 2>/dev/null; iptables -S; ip6tables -S";

    private static final int SILENCE_MILLIS = 700;
    /** The way into the node takes most of the second that a look may take on the node itself. */
    private static final Pace PATIENT = new Pace() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void pause(Duration time) {
            throw new AssertionError("nothing here pauses");
        }
    };

    @ParameterizedTest
    @CsvSource({"forky,nft", "forky,iptables", "bullseye,iptables"})
    void isSilentOutsideWhileVoiceAndLoopbackGoOn(String suite, String program) throws Exception {
        try (ShutteredNode node = new ShutteredNode(suite)) {
            SipShutter shutter = shutter(node, program);
            // Somebody else's rules, which must live on in their order.
            node.shell("iptables -A INPUT -p tcp --dport 9 -j DROP; ip6tables -A INPUT -p tcp --dport 9 -j DROP");
            String before = node.shell(RULES);
            InetAddress address = InetAddress.getByName(node.address());
            try (SipOptionsProbe probe = new SipOptionsProbe(
                    new InetSocketAddress(address, 5060), InetAddress.getByName(node.us()), Duration.ofMillis(100))) {
                probe.start();
                await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
                assertThat(node.succeeds(outward(node, 5061))).isFalse();
                assertThat(shutter.closed()).isFalse();

                shutter.close();
                shutter.close();

                assertThat(shutter.closed()).isTrue();
                await().until(() -> probe.reading().outcome() == Outcome.SILENT);
                assertThatThrownBy(() -> connect(address, 5061)).isInstanceOf(SocketTimeoutException.class);
                assertThatThrownBy(() -> connect(address, 8089)).isInstanceOf(SocketTimeoutException.class);
                // Refused at once before, now without any answer.
                assertThat(node.shell("timeout 1 bash -c '" + outward(node, 5061) + "' || echo $?"))
                        .contains("124");
                assertThat(node.shell(optionsTo("127.0.0.1"))).startsWith("SIP/2.0 ");
                assertThat(node.shell(optionsTo(node.address()))).startsWith("SIP/2.0 ");
                assertVoiceGoesThrough(address);
                assertThatThrownBy(() -> connect(address, 8421)).isInstanceOf(ConnectException.class);

                shutter.open();
                shutter.open();

                assertThat(shutter.look()).isEqualTo(Trace.NONE);
                await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
            }
            assertThat(node.shell(RULES)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"forky", "bullseye"})
    void mendsWhatAKillBetweenStepsLeaves(String suite) throws Exception {
        try (ShutteredNode node = new ShutteredNode(suite)) {
            SipShutter shutter = shutter(node, "iptables");
            String before = node.shell(RULES);
            // Killed after the first family; by older code, with the jump twice; and a chain without a jump.
            shutter.close();
            node.shell("ip6tables -D INPUT -j PBX_HA_IN; iptables -I INPUT -j PBX_HA_IN; iptables -F PBX_HA_OUT");
            assertThat(shutter.look()).isEqualTo(Trace.SOME);

            shutter.close();
            assertThat(shutter.closed()).isTrue();

            node.shell("iptables -I INPUT -j PBX_HA_IN; ip6tables -D OUTPUT -j PBX_HA_OUT");
            shutter.open();
            assertThat(shutter.look()).isEqualTo(Trace.NONE);
            assertThat(node.shell(RULES)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"forky"})
    void opensWhatWasClosedByTheOtherProgram(String suite) throws Exception {
        try (ShutteredNode node = new ShutteredNode(suite)) {
            String before = node.shell(RULES);
            shutter(node, "nft").open();
            shutter(node, "iptables").close();
            SipShutter afterInstall = new SipShutter(node, 5060, node::has, PATIENT);
            assertThat(afterInstall.closed()).isTrue();

            afterInstall.open();

            assertThat(afterInstall.look()).isEqualTo(Trace.NONE);
            assertThat(node.shell(RULES)).isEqualTo(before);
        }
    }

    /** One that sees only this program of the node. */
    private static SipShutter shutter(ShutteredNode node, String program) {
        assumeTrue(node.has(Path.of("/usr/sbin/" + program)), "the lab image has no " + program);
        return new SipShutter(
                node, 5060, path -> node.has(path) && (!isFirewall(path) || path.endsWith(program)), PATIENT);
    }

    private static boolean isFirewall(Path path) {
        return path.endsWith("nft") || path.endsWith("iptables");
    }

    /** A trunk: a connection that the node begins. */
    private static String outward(ShutteredNode node, int port) throws Exception {
        return "exec 3<>/dev/tcp/" + node.us() + "/" + port;
    }

    private static String optionsTo(String address) {
        String request = "OPTIONS sip:probe@" + address + " SIP/2.0\\r\\nVia: SIP/2.0/UDP " + address
                + ":5999;rport;branch=z9hG4bKx\\r\\nFrom: <sip:a@" + address + ">;tag=1\\r\\nTo: <sip:probe@" + address
                + ">\\r\\nCall-ID: it\\r\\nCSeq: 1 OPTIONS\\r\\nMax-Forwards: 1\\r\\nContent-Length: 0\\r\\n\\r\\n";
        // Through dd, because the shell itself would send a datagram per line.
        return "exec 3<>/dev/udp/" + address + "/5060; printf '" + request
                + "' | dd bs=4096 iflag=fullblock status=none >&3; timeout 3 head -c 12 <&3";
    }

    /** Nobody listens on that port: the kernel's refusal shows that the packet went in and the answer out. */
    private static void assertVoiceGoesThrough(InetAddress node) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(node, 12_000);
            socket.setSoTimeout(2_000);
            socket.send(new DatagramPacket(new byte[160], 160));
            assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[160], 160)))
                    .isInstanceOf(PortUnreachableException.class);
        }
    }

    private static void connect(InetAddress node, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(node, port), SILENCE_MILLIS);
        }
    }
}
