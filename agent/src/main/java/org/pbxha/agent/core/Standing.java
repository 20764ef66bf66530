// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/**
 * What a node remembers beside its service state, across restarts of its agent and of its host.
 *
 * @param mode whether telephony moves by itself
 * @param pinned whether an operator has handed telephony over to this node, which keeps it until an operator takes it back
 * @param unable whether this node has given telephony away because it could not serve; an operator clears that with a
 *     failback, a reboot does too
 * @param takeovers how many takeovers there were without a quiet time between them
 */
public record Standing(Mode mode, boolean pinned, boolean unable, int takeovers) {
    /** Nothing to remember. */
    public static final Standing CLEAR = new Standing(Mode.AUTOMATIC, false, false, 0);

    /** The same in another mode. */
    public Standing withMode(Mode next) {
        return new Standing(next, pinned, unable, takeovers);
    }

    Standing withPinned(boolean now) {
        return new Standing(mode, now, unable, takeovers);
    }

    Standing withUnable(boolean now) {
        return new Standing(mode, pinned, now, takeovers);
    }

    Standing withTakeovers(int now) {
        return new Standing(mode, pinned, unable, now);
    }
}
