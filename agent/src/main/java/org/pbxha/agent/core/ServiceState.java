// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** Whether a node serves telephony. It moves; exactly one node of a pair should be active. */
public enum ServiceState {
    /** Serves telephony: the gate is open. */
    ACTIVE,
    /** Leaves telephony to the other node: the gate is shut. */
    STANDBY
}
