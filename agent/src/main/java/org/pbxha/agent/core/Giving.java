// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/**
 * How far an active node has come in giving telephony to its peer, in a handover as in a failback. It is active all the
 * way: only when the peer says that it serves does it stand down.
 *
 * @param phase the step
 * @param cutCalls whether an operator has allowed calls to be cut
 */
public record Giving(Phase phase, boolean cutCalls) {
    /** Nothing is being given. */
    public static final Giving NONE = new Giving(Phase.NONE, false);

    /** The steps, in order. Each can be interrupted at any point and is then simply done again, or given up. */
    public enum Phase {
        /** Nothing is being given. */
        NONE,
        /** The bulk of the data is brought over. */
        PREPARING,
        /** Calls go on and new ones are accepted; an idle moment is awaited. */
        DRAINING,
        /** SIP is being closed, and what was left on this node since is brought over. */
        CLOSING,
        /** SIP is closed and the peer may serve. */
        OFFERED
    }

    Giving in(Phase next) {
        return new Giving(next, cutCalls);
    }

    boolean is(Phase some) {
        return phase == some;
    }
}
