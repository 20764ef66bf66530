// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/**
 * How far this node has come in making sure that its silent peer serves no more.
 *
 * @param phase where it stands
 * @param detail for people: which method is under way, has done it, or failed and why; empty when there is nothing to say
 */
public record Fencing(Phase phase, String detail) {
    /** No method is configured. */
    public static final Fencing OFF = new Fencing(Phase.OFF, "");

    /** Where it stands. */
    public enum Phase {
        /** No method is configured. */
        OFF,
        /** Not tried since there was last a reason to. */
        UNTRIED,
        /** A method is under way. */
        RUNNING,
        /** A method has confirmed that the peer serves no more. */
        DONE,
        /** No method could confirm it; tried again after a while. */
        FAILED
    }

    boolean isConfigured() {
        return phase != Phase.OFF;
    }

    boolean is(Phase some) {
        return phase == some;
    }
}
