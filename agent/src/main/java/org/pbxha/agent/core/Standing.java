// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/**
 * What a node remembers beside its service state, across restarts of its agent and of its host.
 *
 * @param mode whether telephony moves by itself
 * @param pinned whether an operator has handed telephony over to this node, which keeps it until an operator takes it back
 * @param unable whether this node has given telephony away because it could not serve; an operator clears that with a
 *     failback, a reboot does too
 * @param fenced whether its peer has fenced this node, which has not heard a peer that serves since
 * @param takeovers how many takeovers there were without a quiet time between them
 */
public record Standing(Mode mode, boolean pinned, boolean unable, boolean fenced, int takeovers) {
    /** Nothing to remember. */
    public static final Standing CLEAR = new Standing(Mode.AUTOMATIC, false, false, false, 0);

    /** The same in another mode. */
    public Standing withMode(Mode next) {
        return new Standing(next, pinned, unable, fenced, takeovers);
    }

    Standing withPinned(boolean now) {
        return new Standing(mode, now, unable, fenced, takeovers);
    }

    Standing withUnable(boolean now) {
        return new Standing(mode, pinned, now, fenced, takeovers);
    }

    Standing withFenced(boolean now) {
        return new Standing(mode, pinned, unable, now, takeovers);
    }

    /** What is left to remember of a node that begins to serve. */
    Standing serving() {
        return withUnable(false).withFenced(false);
    }

    Standing withTakeovers(int now) {
        return new Standing(mode, pinned, unable, fenced, now);
    }
}
