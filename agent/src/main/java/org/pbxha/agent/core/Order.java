// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** What an operator asks of the node that it concerns; it counts in one cycle only. */
public enum Order {
    /** Give telephony to the peer, which keeps it until a failback. */
    HANDOVER,
    /** Give telephony back to the master at its next idle moment. */
    FAILBACK,
    /** Give telephony back, calls or not. */
    FAILBACK_CUTTING_CALLS,
    /** Serve without the peer's consent. */
    TAKEOVER
}
