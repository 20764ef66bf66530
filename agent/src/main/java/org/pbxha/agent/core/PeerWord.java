// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/**
 * What the other agent says of its own node.
 *
 * @param service its service state
 * @param epoch its epoch
 * @param settled whether its services have followed its service state; a standby that is not settled is still
 *     closing
 * @param serving whether its Asterisk answers SIP
 * @param ready whether it could serve when asked to
 * @param plea what it wants of this node
 */
public record PeerWord(ServiceState service, long epoch, boolean settled, boolean serving, boolean ready, Plea plea) {
    /** What one node wants of the other. */
    public enum Plea {
        /** Nothing. */
        NONE,
        /** It has closed SIP and waits for this node to serve. */
        TAKE_OVER_FROM_ME,
        /** Its host shuts down. */
        LEAVING,
        /** It cannot serve, has tried to mend that, and has stood down. */
        UNABLE
    }

    /** A word that asks for nothing. */
    public PeerWord(ServiceState service, long epoch, boolean settled, boolean serving, boolean ready) {
        this(service, epoch, settled, serving, ready, Plea.NONE);
    }
}
