// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Addresses as SIP and Asterisk's configuration write them. */
final class SipAddress {
    private SipAddress() {}

    /** Without the scope: "fe80::1%eth0" means nothing to the other side. */
    static String plain(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    /** With a port, IPv6 in brackets. */
    static String hostPort(InetAddress address, int port) {
        return host(address) + ":" + port;
    }

    /** For a URI, IPv6 in brackets. */
    static String host(InetAddress address) {
        return address instanceof Inet6Address ? "[" + plain(address) + "]" : plain(address);
    }
}
