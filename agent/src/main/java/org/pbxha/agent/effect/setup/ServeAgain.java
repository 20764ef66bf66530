// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;

/** Brings the telephony of a node that is no slave any more into service: it is a PBX of its own. */
@FunctionalInterface
interface ServeAgain {
    /**
     * Starts what a profile starts.
     *
     * @return one line for people
     */
    String start(String profile) throws IOException;
}
