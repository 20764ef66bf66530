// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

/** What Asterisk's control socket did when it was last tried. */
public enum ControlReading {
    /** It was not tried yet, or this side could not try. */
    PENDING,
    /** It accepted the connection and greeted. */
    GREETS,
    /** It accepted nothing, or did not greet in time. */
    SILENT,
    /** There is no socket, or nobody listens on it: there is no process behind it. */
    ABSENT
}
