// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Condition.not;
import static org.pbxha.agent.core.Conditions.ALONE;
import static org.pbxha.agent.core.Conditions.JUST_IN_TOUCH;
import static org.pbxha.agent.core.Conditions.LINK_SILENT;
import static org.pbxha.agent.core.Conditions.PAUSED;
import static org.pbxha.agent.core.Conditions.PEER_ACTIVE;
import static org.pbxha.agent.core.Conditions.PEER_LEAVING;
import static org.pbxha.agent.core.Conditions.PEER_NOT_OLDER;
import static org.pbxha.agent.core.Conditions.PEER_NOT_SERVING;
import static org.pbxha.agent.core.Conditions.PEER_OFFERS;
import static org.pbxha.agent.core.Conditions.PEER_READY;
import static org.pbxha.agent.core.Conditions.PEER_SERVED;
import static org.pbxha.agent.core.Conditions.PEER_SETTLED;
import static org.pbxha.agent.core.Conditions.PEER_SILENT;
import static org.pbxha.agent.core.Conditions.PEER_STANDBY;
import static org.pbxha.agent.core.Conditions.PEER_STOOD_BY;
import static org.pbxha.agent.core.Conditions.SILENT_FOR_LONG;
import static org.pbxha.agent.core.Conditions.SIP_ANSWERS;
import static org.pbxha.agent.core.Conditions.SIP_SILENT;
import static org.pbxha.agent.core.Conditions.SIP_TO_BE_CLOSED;
import static org.pbxha.agent.core.Conditions.UNABLE;
import static org.pbxha.agent.core.Conditions.UNCONFIRMED;
import static org.pbxha.agent.core.Conditions.WAITED_FOR_SLAVE;
import static org.pbxha.agent.core.Conditions.WAS_FENCED;
import static org.pbxha.agent.core.Conditions.order;
import static org.pbxha.agent.core.Outcome.GIVE;
import static org.pbxha.agent.core.Outcome.OPEN;
import static org.pbxha.agent.core.Outcome.RESUME;
import static org.pbxha.agent.core.Outcome.STAND_DOWN;
import static org.pbxha.agent.core.Outcome.STAY;
import static org.pbxha.agent.core.Outcome.TAKE_OVER;
import static org.pbxha.agent.core.Outcome.UNSHUT;
import static org.pbxha.agent.core.Role.MASTER;
import static org.pbxha.agent.core.Rule.row;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;

import java.util.List;

/** What a master does. */
final class MasterRules {
    static final List<Rule> STANDING_BY = List.of(
            row(102, MASTER, STANDBY)
                    .when(order(Order.TAKEOVER))
                    .alarm(
                            TAKE_OVER,
                            "An operator forces the master to serve.",
                            "If the slave still serves, it stands down when it hears of this."),
            row(105, MASTER, STANDBY)
                    .when(PEER_OFFERS)
                    .then(OPEN, "The slave has closed SIP and gives telephony back, so the master serves."),
            row(107, MASTER, STANDBY)
                    .when(PEER_LEAVING, PEER_NOT_SERVING)
                    .alarm(
                            OPEN,
                            "The slave's host shuts down and has stopped its telephony, so the master serves.",
                            "There is no standby until the slave is back."),
            row(110, MASTER, STANDBY)
                    .when(PEER_ACTIVE)
                    .then(STAY, "The slave serves; this master waits for the failback."),
            row(115, MASTER, STANDBY)
                    .when(PEER_STANDBY, UNABLE)
                    .alarm(
                            STAY,
                            "This master could not serve; its slave is to take over.",
                            "Repair Asterisk here: `journalctl -u asterisk`. Then `pbx-ha failback`."),
            row(117, MASTER, STANDBY)
                    .when(WAS_FENCED, PEER_STANDBY, not(UNCONFIRMED))
                    .then(STAY, "This master was fenced; its slave is about to serve."),
            row(120, MASTER, STANDBY)
                    .when(PEER_STANDBY, PEER_SETTLED, PEER_NOT_OLDER)
                    .then(OPEN, "The slave stands by, so the master serves."),
            row(130, MASTER, STANDBY)
                    .when(PEER_STANDBY)
                    .then(
                            STAY,
                            "The slave is closing its services, or has not heard of the last change; the master opens then."),
            row(140, MASTER, STANDBY)
                    .when(LINK_SILENT, SIP_ANSWERS)
                    .alarm(
                            STAY,
                            "The slave's agent is silent but its Asterisk answers, so it serves; the master waits.",
                            "Look at the slave: `systemctl status pbx-ha` there. It keeps serving meanwhile."),
            row(142, MASTER, STANDBY)
                    .when(WAS_FENCED, LINK_SILENT)
                    .alarm(
                            STAY,
                            "This master was fenced and has not heard its slave since: it stands by, since the slave may serve.",
                            "Look at the slave: power, network. If it serves no phone: `pbx-ha takeover --force --reason TEXT` here."),
            row(145, MASTER, STANDBY)
                    .when(ALONE)
                    .alarm(
                            STAY,
                            "This master hears neither its slave nor any witness: it is cut off and stands by.",
                            "Check this node's network: cable, switch port, address, default gateway."),
            row(147, MASTER, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT, JUST_IN_TOUCH)
                    .then(STAY, "The network is just back; the slave has time to be heard."),
            row(148, MASTER, STANDBY)
                    .when(PAUSED, PEER_SERVED)
                    .alarm(
                            STAY,
                            "An operator has paused the pair, and the slave served when it was last heard: nothing moves.",
                            "When the work is done: `pbx-ha resume`."),
            row(150, MASTER, STANDBY)
                    .when(PEER_SILENT, WAITED_FOR_SLAVE)
                    .alarm(
                            RESUME,
                            "The slave is silent on every probe, so the master serves.",
                            "Look at the slave: power, network, `systemctl status pbx-ha`. There is no standby until it is back."),
            row(152, MASTER, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT, PEER_STOOD_BY, WAITED_FOR_SLAVE)
                    .alarm(
                            RESUME,
                            "The slave stood by when it was last heard and its Asterisk does not answer, so the master serves.",
                            "Look at the slave: `systemctl status pbx-ha`; check that 8421/tcp is open."),
            row(155, MASTER, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT, SILENT_FOR_LONG, WAITED_FOR_SLAVE)
                    .alarm(
                            RESUME,
                            "The slave's host answers ping, but neither its agent nor its Asterisk has for long, so the master serves.",
                            "Look at the slave's console: frozen host, or Asterisk and pbx-ha both stopped."),
            row(160, MASTER, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT, WAITED_FOR_SLAVE)
                    .alarm(
                            STAY,
                            "The slave's host answers ping, but neither its agent nor its Asterisk does; its Asterisk may be restarting.",
                            "Look at the slave's console: frozen host, or Asterisk and pbx-ha both stopped."),
            row(190, MASTER, STANDBY).then(STAY, "The master has started and waits for a word of its slave."));

    static final List<Rule> SERVING = List.of(
            row(205, MASTER, ACTIVE)
                    .when(PEER_STANDBY, PEER_SETTLED, PEER_READY, order(Order.HANDOVER))
                    .then(GIVE, "An operator hands telephony over to the slave."),
            row(210, MASTER, ACTIVE)
                    .when(PEER_ACTIVE, PEER_NOT_OLDER)
                    .alarm(
                            STAND_DOWN,
                            "The slave took over while this master was not heard, so the master stands down.",
                            "Calls and changes were possible on both nodes since the cut; see what each wrote: `pbx-ha split-brain`."),
            row(215, MASTER, ACTIVE)
                    .when(PEER_ACTIVE, SIP_TO_BE_CLOSED)
                    .then(UNSHUT, "The slave is active in an older epoch, so SIP is opened again here."),
            row(217, MASTER, ACTIVE)
                    .when(PEER_ACTIVE, PEER_OFFERS)
                    .then(STAY, "The master serves; the slave, which has closed SIP, is about to stand down."),
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
