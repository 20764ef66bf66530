// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The ports on which this node speaks SIP, ascending and each once.
 *
 * @param sip signalling by UDP and TCP
 * @param web SIP over WebSocket, TCP only
 */
record ShutterPorts(List<Integer> sip, List<Integer> web) {
    private static final int TLS = 5061;
    private static final List<Integer> WEB = List.of(8088, 8089);

    /** The configured port with its fellows. */
    static ShutterPorts of(int sipPort) {
        return new ShutterPorts(List.copyOf(new TreeSet<>(Arrays.asList(sipPort, TLS))), WEB);
    }

    /** All that this node listens on by TCP. */
    List<Integer> tcp() {
        return List.copyOf(
                new TreeSet<>(Stream.concat(sip.stream(), web.stream()).toList()));
    }
}
