// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.net.InetAddress;

/**
 * What is expected to answer at the other node.
 *
 * @param own the address that the other node knows us by
 * @param peer the other node
 * @param linkPort TCP port of the peer link
 * @param linkListens whether somebody listens there by now; else a refused connection is fine too: nothing filters it
 * @param sshPort TCP port of the SSH server, 0 when it need not be reached
 * @param sipPort UDP port of Asterisk, 0 when it does not run
 */
public record Reach(InetAddress own, InetAddress peer, int linkPort, boolean linkListens, int sshPort, int sipPort) {}
