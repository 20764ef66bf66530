// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Condition.not;
import static org.pbxha.agent.core.Conditions.LINK_SILENT;
import static org.pbxha.agent.core.Conditions.PEER_ACTIVE;
import static org.pbxha.agent.core.Conditions.PEER_NOT_OLDER;
import static org.pbxha.agent.core.Conditions.PEER_SETTLED;
import static org.pbxha.agent.core.Conditions.PEER_STANDBY;
import static org.pbxha.agent.core.Conditions.SIP_SILENT;
import static org.pbxha.agent.core.Conditions.WAITED_FOR_SLAVE;
import static org.pbxha.agent.core.Outcome.OPEN;
import static org.pbxha.agent.core.Outcome.RESUME;
import static org.pbxha.agent.core.Outcome.STAND_DOWN;
import static org.pbxha.agent.core.Outcome.STAY;
import static org.pbxha.agent.core.Role.MASTER;
import static org.pbxha.agent.core.Rule.row;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;

import java.util.List;

/** What a master does. */
final class MasterRules {
    static final List<Rule> STANDING_BY = List.of(
            row(110, MASTER, STANDBY)
                    .when(PEER_ACTIVE)
                    .then(STAY, "The slave serves; this master waits for its hand-back."),
            row(120, MASTER, STANDBY)
                    .when(PEER_STANDBY, PEER_SETTLED, PEER_NOT_OLDER)
                    .then(OPEN, "The slave stands by, so the master serves."),
            row(130, MASTER, STANDBY)
                    .when(PEER_STANDBY)
                    .then(
                            STAY,
                            "The slave is closing its services, or has not heard of the last change; the master opens then."),
            row(140, MASTER, STANDBY)
                    .when(LINK_SILENT, not(SIP_SILENT))
                    .alarm(
                            STAY,
                            "The slave's agent is silent but its Asterisk answers, so it serves; the master waits.",
                            "Look at the slave: `systemctl status pbx-ha` there. It keeps serving meanwhile."),
            row(150, MASTER, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT, WAITED_FOR_SLAVE)
                    .alarm(
                            RESUME,
                            "No word of the slave and no SIP from it, so the master serves.",
                            "Look at the slave: power, network, `systemctl status pbx-ha`. There is no standby until it is back."),
            row(190, MASTER, STANDBY).then(STAY, "The master has started and waits for a word of its slave."));

    static final List<Rule> SERVING = List.of(
            row(210, MASTER, ACTIVE)
                    .when(PEER_ACTIVE, PEER_NOT_OLDER)
                    .alarm(
                            STAND_DOWN,
                            "The slave took over while this master was not heard, so the master stands down.",
                            "Calls and changes were possible on both nodes since the cut; compare them before the hand-back."),
            row(220, MASTER, ACTIVE)
                    .when(PEER_ACTIVE)
                    .alarm(
                            STAY,
                            "Both nodes are active; this one has the newer epoch and keeps serving.",
                            "Nothing to do: the other node stands down by itself. Find out what cut the nodes from each other."),
            row(230, MASTER, ACTIVE)
                    .when(LINK_SILENT)
                    .alarm(
                            STAY,
                            "The master serves, but its slave's agent is silent: nobody may be there to take over.",
                            "Look at the slave: power, network, `systemctl status pbx-ha`."),
            row(290, MASTER, ACTIVE).then(STAY, "The master serves and its slave stands by."));

    private MasterRules() {}
}
