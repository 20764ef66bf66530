// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;

/** Addresses of this node. */
public final class LocalAddress {
    private static final int ANY_PORT = 9;

    private LocalAddress() {}

    /** The address from which this node talks to another one; nothing is sent. */
    public static InetAddress towards(InetAddress other) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(other, ANY_PORT));
            return socket.getLocalAddress();
        }
    }

    /** Whether this node has the address. */
    public static boolean isOurs(InetAddress address) throws IOException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }
}
