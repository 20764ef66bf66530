// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.pbxha.agent.config.ValueType.Single;

/** IP addresses written as literals. A name is refused: a resolver that is down must not keep a PBX from being rescued. */
final class Addresses {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private Addresses() {}

    /** The address of a host, which can be sent to. */
    static ValueType<InetAddress> host() {
        return new Single<>(
                "IPv4 or IPv6 address",
                text -> {
                    InetAddress address = literal(text);
                    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
                        throw new BadValueException("is not the address of a host", "");
                    }
                    return address;
                },
                InetAddress::getHostAddress);
    }

    /** An address to listen on, which may be "all of them". */
    static ValueType<InetAddress> bind() {
        return new Single<>(
                "IPv4 or IPv6 address of this node, or `0.0.0.0` or `::` for all",
                text -> {
                    InetAddress address = literal(text);
                    if (address.isMulticastAddress()) {
                        throw new BadValueException("is a multicast address", "");
                    }
                    return address;
                },
                InetAddress::getHostAddress);
    }

    private static InetAddress literal(String text) throws BadValueException {
        if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
            try {
                // Both forms are literals, for which getByName asks no resolver.
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new BadValueException("is not an IP address", "");
            }
        }
        throw new BadValueException(
                "is not an IP address", "write the address itself, such as 192.0.2.10 or 2001:db8::10, not a name");
    }
}
