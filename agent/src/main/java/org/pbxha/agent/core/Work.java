// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** Where the data of the present phase of {@link Giving} stands. */
public enum Work {
    /** Not begun. */
    IDLE,
    /** Under way. */
    RUNNING,
    /** Brought over. */
    DONE,
    /** It could not be brought over. */
    FAILED,
    /** A hook said no. */
    VETOED
}
