// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.nio.file.Path;
import java.util.List;
import org.pbxha.agent.profile.Profile;

/**
 * What setup works with on this node.
 *
 * @param node the node
 * @param directory the agent's own
 * @param profile the platform
 * @param version this version of pbx-ha
 * @param ports from an earlier configuration, else the defaults
 * @param extraDirectories directories to synchronise beside those of the profile, from an earlier configuration
 */
public record SetupContext(
        NodeMachinery node, Path directory, Profile profile, String version, Ports ports, List<Path> extraDirectories) {
    public SetupContext {
        extraDirectories = List.copyOf(extraDirectories);
    }

    /**
     * Ports that both nodes use.
     *
     * @param link of the peer link, TCP
     * @param ssh of the SSH servers, TCP
     * @param sip of Asterisk, UDP
     */
    public record Ports(int link, int ssh, int sip) {}
}
