// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.PairedNode;
import org.pbxha.sync.ssh.ForcedCommand;
import org.pbxha.sync.ssh.SshPublicKey;

/** The two ways by SSH: the master goes to the slave to bring files, the slave to the master to fence. */
record SshChanges(Places places) {
    private static final int DEFAULT_PORT = 22;

    /** This node knows the other one, and lets its key in. */
    List<Change> of(PairedNode node, int port) {
        return List.of(hostKeys(node, port), letIn(node));
    }

    private Change hostKeys(PairedNode node, int port) {
        String peer = node.peer().getHostAddress();
        String host = port == DEFAULT_PORT ? peer : "[" + peer + "]:" + port;
        String lines = node.peerHostKeys().stream()
                .map(key -> host + " " + SshPublicKey.parse(key).line() + "\n")
                .collect(Collectors.joining());
        return NodePlans.ownFile(
                places.knownHosts(node.role()), lines, "trust the SSH server of " + peer + " by the keys it has now");
    }

    /** To start one program each; who may stop a master must come from the slave's address as well. */
    private Change letIn(PairedNode node) {
        SshPublicKey key = SshPublicKey.parse(node.peerKey());
        return node.role() == Role.SLAVE
                ? new AuthorizedChange(
                        Kind.AUTHORIZED, places.authorizedKeys(), key, new ForcedCommand(places.syncReceive()))
                : new AuthorizedChange(
                        Kind.FENCER,
                        places.authorizedKeys(),
                        key,
                        new ForcedCommand(
                                places.fence(), Optional.of(node.peer().getHostAddress())));
    }
}
