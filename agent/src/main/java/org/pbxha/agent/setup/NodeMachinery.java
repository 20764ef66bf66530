// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.profile.Profile;

/** This node, as setup needs it: looked at, changed, and brought back. Nothing changes before a plan is applied. */
public interface NodeMachinery {
    /** What this node has and lacks for its role. */
    List<Check> checkLocal(Role role, Profile profile);

    /** What this node tells the other one. */
    NodeFacts facts(Role role, Profile profile) throws IOException;

    /** Whether the other node can be reached as a pair needs it; takes up to some seconds. */
    List<Check> checkReachable(Reach reach);

    /** Whether two nodes can be a pair. */
    List<Check> comparePeers(NodeFacts own, NodeFacts peer);

    /** Whether this node belongs to another peer already. */
    List<Check> checkPeer(InetAddress peer, String peerCertificate);

    /** What must be there before the nodes talk: the identity, and the key with which this node gets into the other one. */
    Plan planKeys(Role role) throws IOException;

    /**
     * The public half of the key with which a node of this role gets into the other one, after {@link #planKeys} was applied:
     * the master's for sync, the slave's for fencing.
     */
    String ownKey(Role role) throws IOException;

    /** Everything that makes this node one of a pair; contains what {@link #planKeys} makes. The agent starts last. */
    Plan plan(PairedNode node) throws IOException;

    /** On the master, once both nodes are set up: whether the key of sync opens what it should at the slave, and no more. */
    Check proveSync(InetAddress slave, int sshPort);

    /** Whether setup has changed nothing here. */
    boolean isUntouched() throws IOException;

    /**
     * Takes everything back. Telephony goes on where it runs; on a standby slave it is started.
     *
     * @param progress gets one line for each change
     */
    void disable(Consumer<String> progress) throws IOException, SetupException;
}
