// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

/** SIP OPTIONS from the machine that runs the tests; any answer, a refusal too, says that SIP is served. */
final class SipPing {
    private static final int PORT = 5060;
    private static final Duration PACE = Duration.ofMillis(20);

    private SipPing() {}

    static boolean answers(String address, Duration limit) {
        try (DatagramSocket socket = connect(address)) {
            return ask(socket, address, limit);
        } catch (IOException unreachable) {
            // No route: nobody serves there.
            return false;
        }
    }

    /** Asks every 20 ms, until the first answer; an answer to any of the requests counts. */
    static void awaitAnswer(String address, Duration limit) {
        try (DatagramSocket socket = connect(address)) {
            Awaitility.await("a SIP answer of " + address)
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(PACE)
                    .until(() -> ask(socket, address, PACE));
        } catch (IOException noRoute) {
            throw new LabException("no route to " + address, noRoute);
        }
    }

    private static DatagramSocket connect(String address) throws IOException {
        DatagramSocket socket = new DatagramSocket();
        socket.connect(InetAddress.getByName(address), PORT);
        return socket;
    }

    private static boolean ask(DatagramSocket socket, String address, Duration limit) {
        try {
            socket.setSoTimeout((int) limit.toMillis());
            byte[] request = options(address, socket).getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(request, request.length));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII)
                    .startsWith("SIP/2.0 ");
        } catch (SocketTimeoutException silence) {
            return false;
        } catch (IOException unreachable) {
            // Port or host unreachable: nobody serves there.
            return false;
        }
    }

    private static String options(String address, DatagramSocket socket) {
        String local = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        String id = UUID.randomUUID().toString();
        return String.join(
                "\r\n",
                "OPTIONS sip:" + address + " SIP/2.0",
                "Via: SIP/2.0/UDP " + local + ";rport;branch=z9hG4bK" + id,
                "Max-Forwards: 70",
                "From: <sip:lab@" + local + ">;tag=" + id,
                "To: <sip:" + address + ">",
                "Call-ID: " + id,
                "CSeq: 1 OPTIONS",
                "Contact: <sip:lab@" + local + ">",
                "Content-Length: 0",
                "",
                "");
    }
}
