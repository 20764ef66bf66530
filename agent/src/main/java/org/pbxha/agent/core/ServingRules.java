// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Condition.not;
import static org.pbxha.agent.core.Conditions.ALONE;
import static org.pbxha.agent.core.Conditions.ALONE_FOR_LONG;
import static org.pbxha.agent.core.Conditions.ASTERISK_FAILED;
import static org.pbxha.agent.core.Conditions.ASTERISK_STOPPED;
import static org.pbxha.agent.core.Conditions.GIVING;
import static org.pbxha.agent.core.Conditions.IN_TOUCH_AGAIN;
import static org.pbxha.agent.core.Conditions.LINK_SILENT;
import static org.pbxha.agent.core.Conditions.MANUAL;
import static org.pbxha.agent.core.Conditions.PAUSED;
import static org.pbxha.agent.core.Conditions.PEER_ACTIVE;
import static org.pbxha.agent.core.Conditions.PEER_READY;
import static org.pbxha.agent.core.Conditions.PEER_STANDBY;
import static org.pbxha.agent.core.Conditions.PEER_UNABLE;
import static org.pbxha.agent.core.Conditions.REPAIRING;
import static org.pbxha.agent.core.Conditions.REPAIR_EXHAUSTED;
import static org.pbxha.agent.core.Conditions.SIP_ANSWERS;
import static org.pbxha.agent.core.Conditions.SIP_TO_BE_CLOSED;
import static org.pbxha.agent.core.Conditions.STARTED;
import static org.pbxha.agent.core.Conditions.STEPS_DONE;
import static org.pbxha.agent.core.Conditions.THAWED;
import static org.pbxha.agent.core.Outcome.GIVE_UP;
import static org.pbxha.agent.core.Outcome.REPAIR;
import static org.pbxha.agent.core.Outcome.SHUT;
import static org.pbxha.agent.core.Outcome.STAND_DOWN;
import static org.pbxha.agent.core.Outcome.STAY;
import static org.pbxha.agent.core.Outcome.UNSHUT;
import static org.pbxha.agent.core.Rule.row;
import static org.pbxha.agent.core.ServiceState.ACTIVE;

import java.util.List;

/** What whoever serves does, master or slave: alone in the network, or with an Asterisk that does not work. */
final class ServingRules {
    private static final String CHECK_NETWORK =
            "Check this node's network: cable, switch port, address, default gateway.";

    static final List<Rule> ALONE_OR_NOT = List.of(
            row(10, ACTIVE)
                    .when(PAUSED, not(GIVING), not(SIP_TO_BE_CLOSED), not(PEER_ACTIVE), not(THAWED))
                    .alarm(
                            STAY,
                            "An operator has paused the pair: nothing moves.",
                            "When the work is done: `pbx-ha resume`."),
            row(20, ACTIVE)
                    .when(SIP_TO_BE_CLOSED, not(GIVING), ALONE, ALONE_FOR_LONG)
                    .alarm(STAND_DOWN, "This node has been cut off for too long, so it stops serving.", CHECK_NETWORK),
            row(22, ACTIVE)
                    .when(SIP_TO_BE_CLOSED, not(GIVING), ALONE)
                    .alarm(
                            STAY,
                            "This node is cut off from its peer and from every witness: SIP stays closed, calls go on.",
                            CHECK_NETWORK),
            row(24, ACTIVE)
                    .when(SIP_TO_BE_CLOSED, not(GIVING), not(THAWED), PEER_STANDBY)
                    .then(UNSHUT, "The peer is heard again and stands by, so SIP is opened again."),
            row(26, ACTIVE)
                    .when(SIP_TO_BE_CLOSED, not(GIVING), LINK_SILENT, SIP_ANSWERS)
                    .alarm(
                            STAY,
                            "The peer's Asterisk answers but its agent is silent, so it serves: SIP stays closed here.",
                            "On the peer: `systemctl status pbx-ha`. If its Asterisk runs for no reason, stop it there."),
            row(28, ACTIVE)
                    .when(SIP_TO_BE_CLOSED, not(GIVING), not(THAWED), LINK_SILENT, IN_TOUCH_AGAIN)
                    .alarm(
                            UNSHUT,
                            "The network is back and nothing of the peer answers, so SIP is opened again.",
                            "Look at the peer: power, network. Nobody is there to take over."),
            row(30, ACTIVE)
                    .when(SIP_TO_BE_CLOSED, not(GIVING), not(PEER_ACTIVE))
                    .alarm(
                            STAY,
                            "SIP stays closed until it is known what the peer does.",
                            "Nothing to do unless this lasts: then check the network between the nodes."),
            row(40, ACTIVE)
                    .when(THAWED, not(SIP_TO_BE_CLOSED), not(GIVING))
                    .alarm(
                            SHUT,
                            "This node stood still for a while; SIP is closed until it is known what the peer did meanwhile.",
                            "Find out what stopped this host: a suspended virtual machine, a disk that hung."),
            row(42, ACTIVE)
                    .when(ALONE, not(SIP_TO_BE_CLOSED), not(GIVING))
                    .alarm(
                            SHUT,
                            "This node hears neither its peer nor any witness: SIP is closed before the peer takes over.",
                            CHECK_NETWORK));

    static final List<Rule> OWN_ASTERISK = List.of(
            row(80, ACTIVE)
                    .when(
                            ASTERISK_FAILED,
                            STARTED,
                            REPAIR_EXHAUSTED,
                            PEER_STANDBY,
                            PEER_READY,
                            not(PEER_UNABLE),
                            not(MANUAL))
                    .alarm(
                            GIVE_UP,
                            "Asterisk could not be repaired here, so the peer gets telephony.",
                            "Repair Asterisk here: `journalctl -u asterisk`. Then `pbx-ha failback`."),
            row(82, ACTIVE)
                    .when(ASTERISK_FAILED, STARTED, REPAIR_EXHAUSTED, not(PEER_ACTIVE))
                    .alarm(
                            STAY,
                            "Asterisk could not be repaired here and nobody can take over; it is restarted once a minute.",
                            "Repair Asterisk: `systemctl status asterisk`, `journalctl -u asterisk`."),
            row(84, ACTIVE)
                    .when(ASTERISK_FAILED, STARTED, REPAIRING, not(PEER_ACTIVE))
                    .alarm(STAY, "Asterisk failed and is being restarted.", "Nothing to do unless this comes back."),
            row(86, ACTIVE)
                    .when(ASTERISK_FAILED, STARTED, not(PEER_ACTIVE))
                    .alarm(REPAIR, "Asterisk failed, so it is restarted.", "Nothing to do unless this comes back."),
            row(88, ACTIVE)
                    .when(ASTERISK_STOPPED, STEPS_DONE, not(PEER_ACTIVE))
                    .alarm(
                            STAY,
                            "An operator has stopped Asterisk on the node that serves; nothing moves.",
                            "`systemctl start asterisk`, or let the peer serve meanwhile: `pbx-ha handover`."));

    private ServingRules() {}
}
