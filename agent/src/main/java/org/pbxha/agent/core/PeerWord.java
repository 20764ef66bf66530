// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
 * @param since when its service state moved last, by its own clock; null when it does not say
 */
public record PeerWord(
        ServiceState service,
        long epoch,
        boolean settled,
        boolean serving,
        boolean ready,
        Plea plea,
        @Nullable Instant since) {
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

    /** A word that does not say since when. */
    public PeerWord(ServiceState service, long epoch, boolean settled, boolean serving, boolean ready, Plea plea) {
        this(service, epoch, settled, serving, ready, plea, null);
    }

    /** A word that asks for nothing. */
    public PeerWord(ServiceState service, long epoch, boolean settled, boolean serving, boolean ready) {
        this(service, epoch, settled, serving, ready, Plea.NONE);
    }
}
