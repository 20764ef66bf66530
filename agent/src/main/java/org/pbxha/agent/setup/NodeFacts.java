// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;

/**
 * What a node tells the other one at pairing. As JSON it survives another version: more is ignored, what is missing is
 * empty, false or null.
 *
 * @param version of pbx-ha
 * @param role what the node is being set up as
 * @param profile name of its profile
 * @param hostname its name
 * @param bootId what tells this boot of this machine from any other machine
 * @param clock its clock when it wrote this
 * @param addresses its own IP addresses, without loopback
 * @param asteriskVersion for example {@code 16.28.0}, empty when unknown
 * @param asteriskRuns whether its Asterisk runs, so that SIP can be expected to answer
 * @param databaseVersion for example {@code 13.16}, empty when it has no database
 * @param databaseEncoding for example {@code UTF8}, empty when it has no database
 * @param sshHostKeys public host keys of its SSH server, in OpenSSH's one-line form
 * @param provisioningPlugins plugins of its provisioning server
 */
public record NodeFacts(
        String version,
        @Nullable Role role,
        String profile,
        String hostname,
        String bootId,
        @Nullable Instant clock,
        List<String> addresses,
        String asteriskVersion,
        boolean asteriskRuns,
        String databaseVersion,
        String databaseEncoding,
        List<String> sshHostKeys,
        List<String> provisioningPlugins) {
    /** Fills what is missing. */
    public NodeFacts {
        version = text(version);
        profile = text(profile);
        hostname = text(hostname);
        bootId = text(bootId);
        asteriskVersion = text(asteriskVersion);
        databaseVersion = text(databaseVersion);
        databaseEncoding = text(databaseEncoding);
        addresses = list(addresses);
        sshHostKeys = list(sshHostKeys);
        provisioningPlugins = list(provisioningPlugins);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static List<String> list(@Nullable List<String> values) {
        return values == null ? List.of() : List.copyOf(values);
    }
}
