// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A SIP peer on loopback that answers each request with the datagrams its script makes of it. */
final class SipPeer implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<SocketAddress> senders = new CopyOnWriteArrayList<>();
    private volatile @Nullable Exception failure;

    SipPeer(int port, Function<String, List<byte[]>> script) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread thread = new Thread(() -> serve(script), "sip-peer");
        thread.setDaemon(true);
        thread.start();
    }

    static SipPeer answering(int status) throws IOException {
        return new SipPeer(0, request -> List.of(response(status, request)));
    }

    /** A complete response to {@code request}. */
    static byte[] response(int status, String request) {
        return bytes("SIP/2.0 " + status + " Scripted\r\n"
                + line(request, "Via:") + ";received=127.0.0.1\r\n"
                + line(request, "From:") + "\r\n"
                + line(request, "To:") + ";tag=peer\r\n"
                + line(request, "Call-ID:") + "\r\n"
                + line(request, "CSeq:") + "\r\n"
                + "Content-Length: 0\r\n\r\n");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String line(String request, String start) {
        return request.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    List<String> requests() {
        return requests;
    }

    List<SocketAddress> senders() {
        return senders;
    }

    private void serve(Function<String, List<byte[]>> script) {
        byte[] buffer = new byte[65_535];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                String request = new String(buffer, 0, packet.getLength(), StandardCharsets.US_ASCII);
                requests.add(request);
                senders.add(packet.getSocketAddress());
                for (byte[] answer : script.apply(request)) {
                    send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (SocketException e) {
            // Closed: the test is over.
            failure = socket.isClosed() ? null : e;
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void send(DatagramPacket answer) throws IOException {
        try {
            socket.send(answer);
        } catch (SocketException e) {
            boolean there = answer.getAddress().isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(answer.getAddress()) != null;
            // An address that went away between question and answer is a lost packet, as in a real network.
            if (there) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
        if (failure != null) {
            throw new AssertionError("the scripted peer failed", failure);
        }
    }
}
