// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.io.IOException;

/** Answers requests of the other node. Runs on a worker thread and may block. */
@FunctionalInterface
public interface PeerHandler {
    /**
     * Answers one request with JSON.
     *
     * @throws PeerRefusal when this node says no; the caller learns why
     * @throws IOException when the caller or something on this node failed; the caller learns only that
     */
    String answer(PeerCall call) throws IOException, PeerRefusal;
}
