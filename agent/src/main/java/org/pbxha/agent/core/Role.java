// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** What the administrator configured a node to be. It never changes by itself. */
public enum Role {
    /** Serves telephony whenever it can. */
    MASTER,
    /** Stands by, and serves while the master cannot. */
    SLAVE,
    /** Not part of a pair. */
    DISABLED
}
