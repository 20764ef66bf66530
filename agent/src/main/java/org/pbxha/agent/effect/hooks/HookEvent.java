// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import java.util.Locale;

/** What hooks can be run for. */
public enum HookEvent {
    /** The slave has stopped hearing its master. */
    MASTER_DOWN(false),
    /** The slave hears its master again. */
    MASTER_UP(false),
    /** A standby is about to serve because its peer is silent. */
    BEFORE_TAKEOVER(true),
    /** It serves: the start steps are done. */
    AFTER_TAKEOVER(false),
    /** The slave is about to hand telephony back. */
    BEFORE_FAILBACK(true),
    /** It has handed back: the stop steps are done. */
    AFTER_FAILBACK(false),
    /** Both nodes were active; the report says what each wrote. */
    SPLIT_BRAIN(false),
    /** The agent mends something by itself. */
    REPAIR(false),
    /** The master is to be fenced; run by the method {@code hook} of fencing only. */
    FENCE(false),
    /** The first replication of the database that failed, is overdue, or found a difference. */
    REPLICATION_FAILED(false),
    /** The first one that succeeded after that. */
    REPLICATION_RECOVERED(false),
    /** The first sync of the files that failed or is overdue. */
    SYNC_FAILED(false),
    /** The first one that succeeded after that. */
    SYNC_RECOVERED(false),
    /** Events have stopped being shipped to the reporting database, all of them or those of one table. */
    EVENTS_FAILED(false),
    /** They are shipped again. */
    EVENTS_RECOVERED(false);

    private final boolean veto;

    HookEvent(boolean veto) {
        this.veto = veto;
    }

    /** Its directory below hooks.d, and its name for hooks and people: {@code before-takeover}. */
    public String directory() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether hooks may say no. */
    public boolean veto() {
        return veto;
    }
}
