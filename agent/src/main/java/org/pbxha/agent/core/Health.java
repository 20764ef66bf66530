// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** The Asterisk of this node. */
public enum Health {
    /** It answers SIP. */
    SERVING,
    /** Its process is there and has not finished its start. */
    STARTING,
    /** An operator has stopped it. */
    STOPPED,
    /** It crashed or hangs: two independent signs say so. */
    FAILED,
    /** Nothing certain is known. */
    UNKNOWN
}
