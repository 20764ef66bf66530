// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Packets of a node, one way: all of them, or those of one peer, one port. For both ways, drop both.
 *
 * @param chain the packet filter's chain
 * @param match what the packet filter looks at, as iptables takes it
 */
public record Traffic(String chain, List<String> match) {
    public Traffic {
        match = List.copyOf(match);
    }

    /** All that comes in from other hosts. */
    public static Traffic in() {
        return new Traffic("LAB-IN", List.of("!", "-i", "lo"));
    }

    /** All that goes out to other hosts. */
    public static Traffic out() {
        return new Traffic("LAB-OUT", List.of("!", "-o", "lo"));
    }

    /** What comes in from a machine. */
    public static Traffic from(Machine peer) {
        return in().and("-s", peer.address());
    }

    /** What goes out to a machine. */
    public static Traffic to(Machine peer) {
        return out().and("-d", peer.address());
    }

    /** Of these only SIP: what comes to, or goes to, port 5060. */
    public Traffic sip() {
        return udp(5060);
    }

    /** Of these only UDP to a port. */
    public Traffic udp(int port) {
        return and("-p", "udp", "--dport", Integer.toString(port));
    }

    /** Of these only TCP to a port. */
    public Traffic tcp(int port) {
        return and("-p", "tcp", "--dport", Integer.toString(port));
    }

    /** Of these only ICMP: pings and their answers. */
    public Traffic icmp() {
        return and("-p", "icmp");
    }

    Traffic and(String... more) {
        List<String> all = new ArrayList<>(match);
        all.addAll(List.of(more));
        return new Traffic(chain, all);
    }
}
