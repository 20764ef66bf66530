// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one connection at a time and keeps hold of the plain socket below TLS: closing that one ends
 * every connect, handshake, read or write at once, while closing the TLS socket may wait for a peer that hangs.
 */
final class LinkSockets extends SSLSocketFactory {
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int KEEP_ALIVE_PROBES = 3;

    private final SSLSocketFactory tls;
    private volatile @Nullable Socket plain;

    LinkSockets(SSLContext context) {
        this.tls = context.getSocketFactory();
    }

    /** Ends whatever is going on, from any thread, without waiting. */
    void abort() {
        Socket current = plain;
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (IOException e) {
            // Closing a plain socket has nothing left to report: it is closed.
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket fresh = new Socket();
        fresh.setTcpNoDelay(true);
        // A host that is switched off while its answer is awaited is noticed within half a minute.
        fresh.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        fresh.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
        fresh.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS);
        fresh.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
        plain = fresh;
        return fresh;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(connected, host, port, autoClose);
        socket.setEnabledCipherSuites(LinkTls.ciphers());
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw connectsItself();
    }

    /** A socket made that way would have no time-out for its connect. */
    private static IOException connectsItself() {
        return new IOException("the peer link makes unconnected sockets only");
    }
}
