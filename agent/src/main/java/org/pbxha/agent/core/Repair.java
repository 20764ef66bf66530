// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** Where the repair of the local Asterisk stands. */
public enum Repair {
    /** Not under way, and tries are left. */
    IDLE,
    /** Under way. */
    RUNNING,
    /** All tries, or all the time for them, were spent without success. */
    EXHAUSTED
}
