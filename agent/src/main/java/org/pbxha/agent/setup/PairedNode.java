// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.profile.Profile;

/**
 * What setup makes of this node, as agreed at pairing.
 *
 * @param role master or slave
 * @param profile its platform
 * @param own its address, the one its phones register to
 * @param peer address of the other node
 * @param peerCertificate the other node's certificate, PEM
 * @param peerKey the key with which the other node comes in by SSH: the master's for sync, the slave's for fencing
 * @param peerHostKeys the keys with which its SSH server proves who it is; all keys in OpenSSH's one-line form
 * @param extraDirectories directories to synchronise beside those of the profile
 */
public record PairedNode(
        Role role,
        Profile profile,
        InetAddress own,
        InetAddress peer,
        String peerCertificate,
        String peerKey,
        List<String> peerHostKeys,
        List<Path> extraDirectories) {
    public PairedNode {
        peerHostKeys = List.copyOf(peerHostKeys);
        extraDirectories = List.copyOf(extraDirectories);
    }
}
