// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * PJSIP configuration that lets {@link SipOptionsProbe} be answered. Asterisk answers an OPTIONS only from an endpoint that it
 * knows; from a stranger it writes a line to the security log and one for fail2ban, which then bans the other node. This
 * endpoint is known by its address, needs no password, and reaches nothing: its context does not exist.
 *
 * <p>For {@code pjsip.d/pbx-ha.conf} (Wazo), or a file that {@code pjsip.conf} includes; taken over at
 * {@code module reload res_pjsip.so}. A site-wide {@code type=acl} comes before all endpoints: where there is one, it must
 * permit the addresses as well. chan_sip needs no configuration: it answers anybody's OPTIONS and logs nothing.
 */
public final class SipProbeEndpoint {
    /** Name of the endpoint, for the administrator who meets it in {@code pjsip show endpoints}. */
    public static final String NAME = "pbx-ha-probe";

    private SipProbeEndpoint() {}

    /**
     * Renders the configuration.
     *
     * @param sources where probes come from: the other node's address and, for a probe of the own Asterisk, the own one.
     *     Not loopback: whatever comes from there, such as browser phones behind a local web server, would become this
     *     endpoint.
     */
    public static String render(List<InetAddress> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a probe endpoint needs the address it is known by");
        }
        sources.forEach(SipProbeEndpoint::check);
        String matches = sources.stream()
                .map(source -> "match = " + SipAddress.plain(source))
                .collect(Collectors.joining("\n"));
        return """
                ; Written by pbx-ha: the two nodes of the pair ask each other "are you there?" (OPTIONS) as this endpoint.
                ; It can place no call: its context does not exist, and is not to be made.
                [%1$s]
                type = endpoint
                context = pbx-ha-no-calls
                disallow = all
                allow = ulaw
                allow_subscribe = no
                identify_by = ip

                [%1$s]
                type = identify
                endpoint = %1$s
                %2$s
                """.formatted(NAME, matches);
    }

    private static void check(InetAddress source) {
        if (source.isLoopbackAddress() || source.isAnyLocalAddress() || source.isMulticastAddress()) {
            throw new IllegalArgumentException(
                    "a probe endpoint cannot be known by " + SipAddress.plain(source) + ": use the address of a node");
        }
    }
}
