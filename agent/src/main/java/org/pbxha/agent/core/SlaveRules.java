// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Condition.not;
import static org.pbxha.agent.core.Conditions.ICMP_SILENT;
import static org.pbxha.agent.core.Conditions.JUST_BOOTED;
import static org.pbxha.agent.core.Conditions.LINK_SILENT;
import static org.pbxha.agent.core.Conditions.PEER_ACTIVE;
import static org.pbxha.agent.core.Conditions.PEER_HELD;
import static org.pbxha.agent.core.Conditions.PEER_NEWER;
import static org.pbxha.agent.core.Conditions.PEER_NOT_SERVING;
import static org.pbxha.agent.core.Conditions.PEER_STANDBY;
import static org.pbxha.agent.core.Conditions.SIP_SILENT;
import static org.pbxha.agent.core.Conditions.WITNESS_SILENT;
import static org.pbxha.agent.core.Outcome.STAND_DOWN;
import static org.pbxha.agent.core.Outcome.STAY;
import static org.pbxha.agent.core.Outcome.TAKE_OVER;
import static org.pbxha.agent.core.Role.SLAVE;
import static org.pbxha.agent.core.Rule.row;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;

import java.util.List;

/** What a slave does. */
final class SlaveRules {
    static final List<Rule> STANDING_BY = List.of(
            row(310, SLAVE, STANDBY)
                    .when(ICMP_SILENT, SIP_SILENT, LINK_SILENT, WITNESS_SILENT)
                    .alarm(
                            STAY,
                            "Master and witness are both silent: this node is cut off and stands by.",
                            "Check this node's network: cable, switch port, address, default gateway."),
            row(320, SLAVE, STANDBY)
                    .when(ICMP_SILENT, SIP_SILENT, LINK_SILENT, JUST_BOOTED)
                    .alarm(
                            STAY,
                            "This slave has just booted and gives its master time to appear.",
                            "Nothing to do unless the master stays away: then look at its power and network."),
            row(330, SLAVE, STANDBY)
                    .when(ICMP_SILENT, SIP_SILENT, LINK_SILENT, not(WITNESS_SILENT))
                    .alarm(
                            TAKE_OVER,
                            "The master is silent on every probe and the witness answers.",
                            "Look at the master: power, console, network. The slave serves meanwhile."),
            row(340, SLAVE, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT)
                    .alarm(
                            STAY,
                            "The master's host answers ping, but neither its agent nor its Asterisk does.",
                            "Look at the master's console: frozen host, or Asterisk and pbx-ha both stopped."),
            row(350, SLAVE, STANDBY)
                    .when(LINK_SILENT)
                    .alarm(
                            STAY,
                            "The master's agent is silent, but its Asterisk answers: only the agent is missing.",
                            "On the master: `systemctl status pbx-ha`, `journalctl -u pbx-ha`; check that 8421/tcp is open."),
            row(360, SLAVE, STANDBY)
                    .when(PEER_ACTIVE, PEER_NOT_SERVING)
                    .alarm(
                            STAY,
                            "The master's agent says that its Asterisk does not answer SIP.",
                            "On the master: `systemctl status asterisk`, `journalctl -u asterisk`."),
            row(370, SLAVE, STANDBY).when(PEER_STANDBY).then(STAY, "Both nodes stand by; the master is about to open."),
            row(390, SLAVE, STANDBY).then(STAY, "The master serves and this slave stands by."));

    static final List<Rule> SERVING = List.of(
            row(410, SLAVE, ACTIVE)
                    .when(PEER_ACTIVE, PEER_NEWER)
                    .alarm(
                            STAND_DOWN,
                            "The master serves in a newer epoch, so the slave stands down.",
                            "Calls and changes were possible on both nodes since the cut; compare them."),
            row(420, SLAVE, ACTIVE)
                    .when(PEER_ACTIVE)
                    .alarm(
                            STAY,
                            "Both nodes are active; this one has the newer epoch and keeps serving.",
                            "Nothing to do: the other node stands down by itself. Find out what cut the nodes from each other."),
            row(430, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, PEER_HELD)
                    .then(
                            STAND_DOWN,
                            "The master has been healthy for the whole hold-down, so it gets telephony back."),
            row(440, SLAVE, ACTIVE)
                    .when(PEER_STANDBY)
                    .then(STAY, "The master is back; the slave serves until the hold-down has passed."),
            row(490, SLAVE, ACTIVE)
                    .alarm(
                            STAY,
                            "The slave serves for its silent master.",
                            "Repair the master; when its agent is heard again the hold-down starts by itself."));

    private SlaveRules() {}
}
