// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.pbxha.agent.setup.Undo;

/** The way back of every kind of change. */
final class Undos {
    private Undos() {}

    /**
     * The ways back by the words of the undo record.
     *
     * @param serveAgain starts the telephony of the profile that is its subject
     */
    static Map<String, Undo> all(Places places, Programs programs, SipTimes times, Undo serveAgain) {
        Neighbours neighbours = new Neighbours(programs);
        Map<Kind, Undo> ways = new EnumMap<>(Kind.class);
        ways.put(Kind.STANDBY, serveAgain);
        ways.put(Kind.IDENTITY, IdentityChange.UNDO);
        ways.put(Kind.FILE, new OwnFileUndo(false));
        ways.put(Kind.CONFIGURATION, new OwnFileUndo(true));
        ways.put(Kind.STATE, StateChange.undo(places.node()));
        ways.put(Kind.MANAGER, new FileUndo(neighbours::reloadManager));
        ways.put(Kind.ENDPOINT, new FileUndo(neighbours::reloadPjsip));
        ways.put(Kind.INCLUDE, new LinesUndo(neighbours::reloadPjsip));
        ways.put(Kind.FAIL2BAN, new FileUndo(neighbours::reloadFail2ban));
        ways.put(Kind.DATABASE, DatabaseRoleChange.undo(programs));
        ways.put(Kind.EXPIRY, SipExpiryChange.undo(times, neighbours::reloadSip));
        ways.put(Kind.REGISTRAR, RegistrarChange.UNDO);
        ways.put(Kind.SYNCKEY, SshKeyChange.undo("sync"));
        ways.put(Kind.AUTHORIZED, AuthorizedChange.undo(Kind.AUTHORIZED));
        ways.put(Kind.FENCEKEY, SshKeyChange.undo("fencing"));
        ways.put(Kind.FENCER, AuthorizedChange.undo(Kind.FENCER));
        ways.put(Kind.DIRECTORY, DirectoryChange.UNDO);
        ways.put(Kind.GATE, GateChange.undo(places.gate(), neighbours::reloadUnits));
        ways.put(Kind.OLDFILE, new FileUndo(Reload.NONE));
        ways.put(Kind.OLDLINES, new LinesUndo(neighbours::reloadPostgres));
        ways.put(Kind.AGENT, AgentChange.undo(programs));
        return ways.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().word(), Map.Entry::getValue));
    }
}
