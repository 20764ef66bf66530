// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

/**
 * What was last seen of this node's SIP shutter.
 *
 * @param state as the kernel's firewall had it
 * @param problem why it is not as wanted, and what to do next; empty when there is none
 */
public record ShutterReading(State state, String problem) {
    /** Whether SIP gets through. */
    public enum State {
        /** Nothing of ours is in the firewall. */
        OPEN,
        /** All SIP is dropped. */
        CLOSED,
        /** Not looked yet, or the firewall cannot be looked at, or it holds a part of our rules only. */
        UNKNOWN
    }
}
