// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket connected to one target, so that the kernel drops what others send and reports a closed port. It is made when
 * first needed and again after {@link #drop()}: a source address may come later than the program, or go and come back.
 */
final class UdpSocket implements AutoCloseable {
    private final InetSocketAddress target;
    private final @Nullable InetAddress source;
    private @Nullable DatagramSocket socket;
    /** Kept from one socket to the next, for firewalls between the two. 0 until the first. */
    private int port;

    private boolean closed;

    UdpSocket(InetSocketAddress target, @Nullable InetAddress source) {
        this.target = target;
        this.source = source;
    }

    /** The local end of the connected socket. */
    InetSocketAddress local() throws IOException {
        DatagramSocket open = open();
        return new InetSocketAddress(open.getLocalAddress(), open.getLocalPort());
    }

    void send(byte[] payload) throws IOException {
        DatagramPacket packet = new DatagramPacket(payload, payload.length);
        try {
            open().send(packet);
        } catch (PortUnreachableException e) {
            // The answer to an earlier datagram; the kernel reports it instead of sending this one.
            open().send(packet);
        }
    }

    /** Waits for a datagram until {@code deadline} ({@link System#nanoTime()}); its length, or -1 when none came. */
    int receive(byte[] buffer, long deadline) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis < 1) {
            return -1;
        }
        DatagramSocket open = open();
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        open.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        try {
            open.receive(packet);
            return packet.getLength();
        } catch (SocketTimeoutException e) {
            return -1;
        }
    }

    /** Ends the present socket after trouble; the next use makes another. */
    synchronized void drop() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** Ends it for good; a thread that waits in {@link #receive} gets an exception. */
    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }

    private synchronized DatagramSocket open() throws IOException {
        if (closed) {
            throw new SocketException("closed");
        }
        if (socket == null) {
            DatagramSocket made = bind();
            try {
                made.connect(target);
            } catch (SocketException e) {
                made.close();
                throw e;
            }
            port = made.getLocalPort();
            socket = made;
        }
        return socket;
    }

    private DatagramSocket bind() throws SocketException {
        try {
            return new DatagramSocket(new InetSocketAddress(source, port));
        } catch (BindException e) {
            // Either the address is not there yet or another program took our port meanwhile: do not insist on the
            // port.
            port = 0;
            throw e;
        }
    }
}
