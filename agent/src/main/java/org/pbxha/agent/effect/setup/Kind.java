// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.util.Locale;

/** The kinds of change in the undo record. Their names are in the files of nodes that are set up: they do not change. */
enum Kind {
    /** Telephony that stands by until the slave is needed. */
    STANDBY,
    /** Key and certificate of the peer link. */
    IDENTITY,
    /** A file that only pbx-ha reads. */
    FILE,
    /** The configuration of pbx-ha. */
    CONFIGURATION,
    /** The state file. */
    STATE,
    /** Account in Asterisk's manager interface. */
    MANAGER,
    /** PJSIP endpoint, in a file of its own. */
    ENDPOINT,
    /** The line that includes that file. */
    INCLUDE,
    /** Addresses that fail2ban leaves alone. */
    FAIL2BAN,
    /** Account in the database. */
    DATABASE,
    /** How often phones register. */
    EXPIRY,
    /** Backup server of the phones. */
    REGISTRAR,
    /** Key pair of sync. */
    SYNCKEY,
    /** Line in authorized_keys for the key of sync. */
    AUTHORIZED,
    /** Key pair of fencing. */
    FENCEKEY,
    /** Line in authorized_keys for the key of fencing. */
    FENCER,
    /** A directory that sync writes into. */
    DIRECTORY,
    /** Drop-ins of the gated units. */
    GATE,
    /** A file of the older high availability. */
    OLDFILE,
    /** Lines of the older high availability in PostgreSQL's configuration. */
    OLDLINES,
    /** The agent's unit. */
    AGENT;

    /** The id of a change of this kind. */
    String of(Object subject) {
        return word() + " " + subject;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
