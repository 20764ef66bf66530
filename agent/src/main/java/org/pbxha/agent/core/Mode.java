// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** Whether telephony moves by itself. */
public enum Mode {
    /** Takeover and failback happen when the rules say so. */
    AUTOMATIC,
    /** Nothing moves without an operator; the rules only say what they would do. */
    MANUAL
}
