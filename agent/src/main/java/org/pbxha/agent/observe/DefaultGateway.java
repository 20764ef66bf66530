// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The witness of a node whose administrator named none: its default gateway. */
public final class DefaultGateway {
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final String ANYWHERE = "00000000";
    private static final int DESTINATION = 1;
    private static final int GATEWAY = 2;
    private static final int METRIC = 6;

    private DefaultGateway() {}

    /**
     * The gateway of the default route with the lowest metric; empty when this node has no IPv4 default route.
     *
     * @throws IOException when the kernel's routing table cannot be read
     */
    public static Optional<InetAddress> find() throws IOException {
        return find(Files.readAllLines(ROUTES));
    }

    static Optional<InetAddress> find(List<String> routes) throws IOException {
        Optional<String> gateway = routes.stream()
                .skip(1)
                .map(line -> line.trim().split("\\s+", -1))
                .filter(route -> route.length > METRIC
                        && route[DESTINATION].equals(ANYWHERE)
                        && !route[GATEWAY].equals(ANYWHERE))
                .min(Comparator.comparingInt(route -> Integer.parseInt(route[METRIC])))
                .map(route -> route[GATEWAY]);
        return gateway.isEmpty() ? Optional.empty() : Optional.of(address(gateway.get()));
    }

    /** The kernel writes the address as a number in the byte order of the machine. */
    private static InetAddress address(String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        boolean littleEndian = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        byte[] network = littleEndian ? reversed(bytes) : bytes;
        return InetAddress.getByAddress(network);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            result[at] = bytes[bytes.length - 1 - at];
        }
        return result;
    }
}
