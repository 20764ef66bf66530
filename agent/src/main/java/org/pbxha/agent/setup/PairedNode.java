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
 * @param peerSshKeys on the slave the master's key for sync (one), on the master the slave's host keys; each in OpenSSH's
 *     one-line form
 * @param extraDirectories directories to synchronise beside those of the profile
 */
public record PairedNode(
        Role role,
        Profile profile,
        InetAddress own,
        InetAddress peer,
        String peerCertificate,
        List<String> peerSshKeys,
        List<Path> extraDirectories) {
    public PairedNode {
        peerSshKeys = List.copyOf(peerSshKeys);
        extraDirectories = List.copyOf(extraDirectories);
    }
}
