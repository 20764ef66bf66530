// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.nio.file.Path;
import java.util.List;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.core.Role;
import org.pbxha.provisioning.ProvisioningPlugins;
import org.pbxha.sync.files.RsyncModules;

/**
 * Where things are on a node, beside what the profile says of its platform.
 *
 * @param node where everything of pbx-ha is
 * @param systemd directory of the administrator's units
 * @param gate the drop-in that puts a unit behind the gate
 * @param authorizedKeys which SSH keys let in as root
 * @param sshHostKeys directory of the SSH server's keys
 * @param postgres directory of PostgreSQL's clusters, VERSION/NAME each
 * @param syncReceive forced command of the key of sync
 * @param fence forced command of the key of fencing
 * @param nameConverter helper of rsync's daemon
 * @param plugins directories of the provisioning server's plugins
 */
record Places(
        NodePaths node,
        Path systemd,
        Path gate,
        Path authorizedKeys,
        Path sshHostKeys,
        Path postgres,
        Path syncReceive,
        Path fence,
        Path nameConverter,
        List<Path> plugins) {
    static final Places INSTALLED = new Places(
            NodePaths.INSTALLED,
            Path.of("/etc/systemd/system"),
            Path.of("/usr/lib/pbx-ha/gate.conf"),
            Path.of("/root/.ssh/authorized_keys"),
            Path.of("/etc/ssh"),
            Path.of("/etc/postgresql"),
            Path.of("/usr/lib/pbx-ha/sync-receive"),
            Path.of("/usr/lib/pbx-ha/fence"),
            RsyncModules.NAME_CONVERTER,
            ProvisioningPlugins.DIRECTORIES);

    Path undoRecord() {
        return node.data().resolve("setup.json");
    }

    Path secrets() {
        return node.data().resolve("secrets");
    }

    Path ssh() {
        return node.sshKeys();
    }

    /** The peer's SSH host keys, beside the key with which a node of this role goes there. */
    Path knownHosts(Role role) {
        return (role == Role.MASTER ? ssh() : node.fencingKeys()).resolve("known_hosts");
    }

    Path rsyncd() {
        return node.configuration().resolve("rsyncd.conf");
    }
}
