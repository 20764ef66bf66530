// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Condition.not;
import static org.pbxha.agent.core.Conditions.FENCED;
import static org.pbxha.agent.core.Conditions.HOME_BY_HAND;
import static org.pbxha.agent.core.Conditions.IMMEDIATE;
import static org.pbxha.agent.core.Conditions.JUST_BOOTED;
import static org.pbxha.agent.core.Conditions.JUST_IN_TOUCH;
import static org.pbxha.agent.core.Conditions.LINK_SILENT;
import static org.pbxha.agent.core.Conditions.MANUAL;
import static org.pbxha.agent.core.Conditions.PAUSED;
import static org.pbxha.agent.core.Conditions.PEER_ACTIVE;
import static org.pbxha.agent.core.Conditions.PEER_HELD;
import static org.pbxha.agent.core.Conditions.PEER_LEAVING;
import static org.pbxha.agent.core.Conditions.PEER_NEWER;
import static org.pbxha.agent.core.Conditions.PEER_NOT_SERVING;
import static org.pbxha.agent.core.Conditions.PEER_OFFERS;
import static org.pbxha.agent.core.Conditions.PEER_READY;
import static org.pbxha.agent.core.Conditions.PEER_SETTLED;
import static org.pbxha.agent.core.Conditions.PEER_SILENT;
import static org.pbxha.agent.core.Conditions.PEER_STANDBY;
import static org.pbxha.agent.core.Conditions.PEER_UNABLE;
import static org.pbxha.agent.core.Conditions.PINNED;
import static org.pbxha.agent.core.Conditions.SIP_ANSWERS;
import static org.pbxha.agent.core.Conditions.SIP_SILENT;
import static org.pbxha.agent.core.Conditions.SIP_TO_BE_CLOSED;
import static org.pbxha.agent.core.Conditions.TIME_FOR_FROZEN;
import static org.pbxha.agent.core.Conditions.WITNESS_SILENT;
import static org.pbxha.agent.core.Conditions.order;
import static org.pbxha.agent.core.Outcome.GIVE;
import static org.pbxha.agent.core.Outcome.GIVE_CUTTING_CALLS;
import static org.pbxha.agent.core.Outcome.RECEIVE;
import static org.pbxha.agent.core.Outcome.SHUT;
import static org.pbxha.agent.core.Outcome.STAND_DOWN;
import static org.pbxha.agent.core.Outcome.STAY;
import static org.pbxha.agent.core.Outcome.TAKE_OVER;
import static org.pbxha.agent.core.Outcome.UNSHUT;
import static org.pbxha.agent.core.Role.SLAVE;
import static org.pbxha.agent.core.Rule.row;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What a slave does. */
final class SlaveRules {
    private static final List<Rule> ORDERED = List.of(
            row(302, SLAVE, STANDBY)
                    .when(order(Order.TAKEOVER))
                    .alarm(
                            TAKE_OVER,
                            "An operator forces the slave to serve.",
                            "If the master still serves, it stands down when it hears of this."),
            row(304, SLAVE, STANDBY)
                    .when(PEER_OFFERS)
                    .then(RECEIVE, "The master hands telephony over; the slave keeps it until a failback."),
            row(306, SLAVE, STANDBY)
                    .when(PAUSED)
                    .alarm(
                            STAY,
                            "An operator has paused the pair: nothing moves.",
                            "When the work is done: `pbx-ha resume`."));

    private static final List<Rule> CUT_OFF_OR_NEW = List.of(
            row(310, SLAVE, STANDBY)
                    .when(PEER_SILENT, WITNESS_SILENT)
                    .alarm(
                            STAY,
                            "Master and witness are both silent: this node is cut off and stands by.",
                            "Check this node's network: cable, switch port, address, default gateway."),
            row(311, SLAVE, STANDBY)
                    .when(FENCED, not(MANUAL))
                    .alarm(
                            TAKE_OVER,
                            "The master has been fenced, so the slave serves.",
                            "Look at the master: why was it silent?"),
            row(312, SLAVE, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT, JUST_IN_TOUCH)
                    .then(STAY, "The network is just back; the master has time to be heard."),
            row(320, SLAVE, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT, JUST_BOOTED)
                    .alarm(
                            STAY,
                            "This slave has just booted and gives its master time to appear.",
                            "Nothing to do unless the master stays away: then look at its power and network."));

    private static final List<Rule> SILENT = TakeoverRules.becauseOfSilence(
            330,
            "The master is silent on every probe and the witness answers.",
            "Look at the master: power, console, network. The slave serves meanwhile.",
            PEER_SILENT,
            not(WITNESS_SILENT));

    private static final List<Rule> FROZEN = TakeoverRules.becauseOfSilence(
            340,
            "The master's host answers ping, but neither its agent nor its Asterisk does.",
            "Look at the master's console: frozen host, or Asterisk and pbx-ha both stopped.",
            LINK_SILENT,
            SIP_SILENT,
            TIME_FOR_FROZEN);

    private static final List<Rule> PARTLY_SILENT = List.of(
            row(345, SLAVE, STANDBY)
                    .when(LINK_SILENT, SIP_SILENT)
                    .alarm(
                            STAY,
                            "The master's host answers ping, but neither its agent nor its Asterisk does; they may be back soon.",
                            "Look at the master's console: frozen host, or Asterisk and pbx-ha both stopped."),
            row(350, SLAVE, STANDBY)
                    .when(LINK_SILENT)
                    .alarm(
                            STAY,
                            "The master's agent is silent, but its Asterisk answers: only the agent is missing.",
                            "On the master: `systemctl status pbx-ha`, `journalctl -u pbx-ha`; check that 8421/tcp is open."));

    private static final List<Rule> LEAVING = TakeoverRules.because(
            360,
            "The master's host shuts down and has stopped its telephony.",
            "Nothing to do: telephony comes home when the master is back.",
            PEER_LEAVING,
            PEER_NOT_SERVING);

    private static final List<Rule> UNABLE_MASTER = TakeoverRules.because(
            370,
            "The master's agent says that its Asterisk cannot be repaired.",
            "On the master: `journalctl -u asterisk`. When it is repaired: `pbx-ha failback`.",
            PEER_STANDBY,
            PEER_UNABLE,
            PEER_SETTLED);

    private static final List<Rule> MASTER_HEARD = List.of(
            row(375, SLAVE, STANDBY)
                    .when(PEER_ACTIVE, PEER_NOT_SERVING, not(PEER_SETTLED))
                    .then(STAY, "The master is starting its services."),
            row(380, SLAVE, STANDBY)
                    .when(PEER_ACTIVE, PEER_NOT_SERVING)
                    .alarm(
                            STAY,
                            "The master's agent says that its Asterisk does not answer SIP.",
                            "On the master: `systemctl status asterisk`, `journalctl -u asterisk`."),
            row(385, SLAVE, STANDBY).when(PEER_STANDBY).then(STAY, "Both nodes stand by; the master is about to open."),
            row(390, SLAVE, STANDBY).then(STAY, "The master serves and this slave stands by."));

    static final List<Rule> STANDING_BY = Stream.of(
                    ORDERED, CUT_OFF_OR_NEW, SILENT, FROZEN, PARTLY_SILENT, LEAVING, UNABLE_MASTER, MASTER_HEARD)
            .flatMap(Collection::stream)
            .toList();

    static final List<Rule> SERVING = List.of(
            row(410, SLAVE, ACTIVE)
                    .when(PEER_ACTIVE, PEER_NEWER)
                    .alarm(
                            STAND_DOWN,
                            "The master serves in a newer epoch, so the slave stands down.",
                            "Calls and changes were possible on both nodes since the cut; see what each wrote: `pbx-ha split-brain`."),
            row(415, SLAVE, ACTIVE)
                    .when(PEER_ACTIVE, SIP_TO_BE_CLOSED)
                    .then(UNSHUT, "The master is active in an older epoch, so SIP is opened again here."),
            row(417, SLAVE, ACTIVE)
                    .when(PEER_ACTIVE, PEER_OFFERS)
                    .then(STAY, "The slave serves; the master, which has closed SIP, is about to stand down."),
            row(420, SLAVE, ACTIVE)
                    .when(PEER_ACTIVE)
                    .alarm(
                            STAY,
                            "Both nodes are active; this one has the newer epoch and keeps serving.",
                            "Nothing to do: the other node stands down by itself. Find out what cut the nodes from each other."),
            row(422, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, PEER_READY, order(Order.FAILBACK))
                    .then(GIVE, "An operator brings telephony home."),
            row(423, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, PEER_READY, order(Order.FAILBACK_CUTTING_CALLS))
                    .then(GIVE_CUTTING_CALLS, "An operator brings telephony home and lets calls be cut."),
            row(425, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, PEER_UNABLE)
                    .alarm(
                            STAY,
                            "The slave serves because the master could not.",
                            "Repair the master's Asterisk; then `pbx-ha failback`."),
            row(426, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, PINNED)
                    .then(STAY, "An operator has handed telephony to the slave; `pbx-ha failback` brings it home."),
            row(427, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, MANUAL)
                    .alarm(STAY, "The master is back; the mode is manual.", "Bring telephony home: `pbx-ha failback`."),
            row(428, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, PEER_HELD, HOME_BY_HAND)
                    .alarm(
                            STAY,
                            "The master has been healthy for the whole hold-down; failback is by hand.",
                            "Bring telephony home: `pbx-ha failback`."),
            row(429, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, PEER_HELD, IMMEDIATE)
                    .then(
                            GIVE_CUTTING_CALLS,
                            "The master has been healthy for the whole hold-down, so it gets telephony back at once."),
            row(430, SLAVE, ACTIVE)
                    .when(PEER_STANDBY, PEER_HELD)
                    .then(GIVE, "The master has been healthy for the whole hold-down, so it gets telephony back."),
            row(440, SLAVE, ACTIVE)
                    .when(PEER_STANDBY)
                    .then(STAY, "The master is back; the slave serves until the hold-down has passed."),
            row(480, SLAVE, ACTIVE)
                    .when(LINK_SILENT, SIP_ANSWERS)
                    .alarm(
                            SHUT,
                            "The master's Asterisk answers although its agent is silent: SIP is closed here, so that one node serves.",
                            "On the master: `systemctl start pbx-ha`, which brings telephony home in order."),
            row(490, SLAVE, ACTIVE)
                    .alarm(
                            STAY,
                            "The slave serves for its silent master.",
                            "Repair the master; when its agent is heard again the hold-down starts by itself."));

    private SlaveRules() {}
}
