// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** What the hooks say to a takeover. */
public enum Veto {
    /** There are none, or none objects. */
    ALLOWED,
    /** They have not been asked. */
    UNASKED,
    /** They are being asked. */
    PENDING,
    /** One said no. */
    VETOED
}
