// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import org.pbxha.agent.link.PeerException;

/** The other node. */
@FunctionalInterface
public interface Peer {
    /** Posts JSON to a path of the other node, and gives its answer; its time is bounded. */
    String post(String path, String json) throws PeerException;
}
