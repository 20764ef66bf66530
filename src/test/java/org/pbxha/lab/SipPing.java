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

/** One SIP OPTIONS from the machine that runs the tests; any answer, a refusal too, says that SIP is served. */
final class SipPing {
    private static final int PORT = 5060;

    private SipPing() {}

    static boolean answers(String address, Duration limit) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout((int) limit.toMillis());
            socket.connect(InetAddress.getByName(address), PORT);
            byte[] request = options(address, socket).getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(request, request.length));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII)
                    .startsWith("SIP/2.0 ");
        } catch (SocketTimeoutException silence) {
            return false;
        } catch (IOException unreachable) {
            // Port unreachable, no route: nobody serves there.
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
