// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Condition.not;
import static org.pbxha.agent.core.Conditions.ALONE;
import static org.pbxha.agent.core.Conditions.CALLS_LEFT;
import static org.pbxha.agent.core.Conditions.CALLS_MAY_BE_CUT;
import static org.pbxha.agent.core.Conditions.DRAINED_LONG;
import static org.pbxha.agent.core.Conditions.GIVING;
import static org.pbxha.agent.core.Conditions.HUNG_UP;
import static org.pbxha.agent.core.Conditions.IDLE;
import static org.pbxha.agent.core.Conditions.LINK_SILENT;
import static org.pbxha.agent.core.Conditions.PEER_ACTIVE;
import static org.pbxha.agent.core.Conditions.PEER_HEARD;
import static org.pbxha.agent.core.Conditions.PEER_NEWER;
import static org.pbxha.agent.core.Conditions.PEER_READY;
import static org.pbxha.agent.core.Conditions.PEER_SILENT;
import static org.pbxha.agent.core.Conditions.SIP_ANSWERS;
import static org.pbxha.agent.core.Conditions.SIP_CLOSED;
import static org.pbxha.agent.core.Conditions.UNCONFIRMED;
import static org.pbxha.agent.core.Conditions.order;
import static org.pbxha.agent.core.Conditions.phase;
import static org.pbxha.agent.core.Conditions.work;
import static org.pbxha.agent.core.Outcome.CLOSE;
import static org.pbxha.agent.core.Outcome.DRAIN;
import static org.pbxha.agent.core.Outcome.GIVE_CUTTING_CALLS;
import static org.pbxha.agent.core.Outcome.HANG_UP;
import static org.pbxha.agent.core.Outcome.KEEP;
import static org.pbxha.agent.core.Outcome.KEEP_CLOSED;
import static org.pbxha.agent.core.Outcome.OFFER;
import static org.pbxha.agent.core.Outcome.STAND_DOWN;
import static org.pbxha.agent.core.Outcome.STAY;
import static org.pbxha.agent.core.Rule.row;
import static org.pbxha.agent.core.ServiceState.ACTIVE;

import java.util.List;
import org.pbxha.agent.core.Giving.Phase;

/** Giving telephony to the peer, step by step: handover by a master, failback by a slave. */
final class GivingRules {
    private static final String TRY_AGAIN = "See `journalctl -u pbx-ha` for what failed, mend it, and try again.";

    static final List<Rule> ROWS = List.of(
            row(46, ACTIVE)
                    .when(phase(Phase.OFFERED), LINK_SILENT, ALONE)
                    .alarm(
                            KEEP_CLOSED,
                            "This node was cut off while the peer was to begin: SIP stays closed.",
                            "Check this node's network: cable, switch port, address, default gateway."),
            row(47, ACTIVE)
                    .when(phase(Phase.OFFERED), LINK_SILENT, SIP_ANSWERS)
                    .alarm(
                            KEEP_CLOSED,
                            "The peer's agent fell silent, but its Asterisk answers, so it has begun: SIP stays closed here.",
                            "Look at the peer: `systemctl status pbx-ha` there."),
            row(48, ACTIVE)
                    .when(phase(Phase.OFFERED), LINK_SILENT, not(PEER_SILENT), not(UNCONFIRMED))
                    .alarm(
                            STAY,
                            "The peer's agent fell silent when it was to begin; its Asterisk may be starting.",
                            "Look at the peer: `systemctl status pbx-ha` there."),
            row(50, ACTIVE)
                    .when(GIVING, PEER_ACTIVE, PEER_NEWER)
                    .then(STAND_DOWN, "The peer serves now, so this node stands down."),
            row(52, ACTIVE)
                    .when(GIVING, LINK_SILENT)
                    .alarm(
                            KEEP,
                            "The peer's agent fell silent while telephony was being given to it: this node serves on.",
                            "Look at the peer: `systemctl status pbx-ha` there. It is tried again when it is healthy."),
            row(54, ACTIVE)
                    .when(GIVING, PEER_HEARD, not(PEER_READY))
                    .alarm(
                            KEEP,
                            "The peer is not ready to serve any more: this node serves on.",
                            "Look at the peer: `pbx-ha status` there."),
            row(56, ACTIVE)
                    .when(phase(Phase.PREPARING), work(Work.VETOED))
                    .alarm(
                            KEEP,
                            "A hook objects: this node serves on.",
                            "See `pbx-ha history` for the hook and its reason."),
            row(58, ACTIVE)
                    .when(phase(Phase.PREPARING), work(Work.FAILED))
                    .alarm(KEEP, "The data could not be brought over: this node serves on.", TRY_AGAIN),
            row(60, ACTIVE)
                    .when(phase(Phase.PREPARING), work(Work.DONE))
                    .then(DRAIN, "The data is with the peer; an idle moment is awaited."),
            row(62, ACTIVE).when(phase(Phase.PREPARING)).then(STAY, "The data is being brought to the peer."),
            row(63, ACTIVE)
                    .when(phase(Phase.DRAINING), not(IDLE), order(Order.FAILBACK_CUTTING_CALLS))
                    .then(GIVE_CUTTING_CALLS, "An operator lets calls be cut."),
            row(64, ACTIVE)
                    .when(phase(Phase.DRAINING), CALLS_MAY_BE_CUT, not(HUNG_UP))
                    .then(HANG_UP, "Calls are hung up, so that the phones know it; then SIP is closed."),
            row(65, ACTIVE).when(phase(Phase.DRAINING), IDLE).then(CLOSE, "No call is in the way: SIP is closed."),
            row(66, ACTIVE)
                    .when(phase(Phase.DRAINING), DRAINED_LONG)
                    .alarm(
                            STAY,
                            "There has been no idle moment for a long time; calls go on and the change waits.",
                            "Wait, or cut the calls: `pbx-ha failback --cut-calls`."),
            row(68, ACTIVE)
                    .when(phase(Phase.DRAINING))
                    .then(STAY, "Calls go on; telephony changes at the next idle moment."),
            row(70, ACTIVE)
                    .when(phase(Phase.CLOSING), SIP_CLOSED, CALLS_LEFT)
                    .then(DRAIN, "A call began in the last moment; another idle moment is awaited."),
            row(71, ACTIVE)
                    .when(phase(Phase.CLOSING), SIP_CLOSED, IDLE, work(Work.DONE))
                    .then(OFFER, "SIP is closed and the peer has everything: it may serve."),
            row(72, ACTIVE)
                    .when(phase(Phase.CLOSING), work(Work.FAILED))
                    .alarm(KEEP, "The last data could not be brought over: this node serves on.", TRY_AGAIN),
            row(73, ACTIVE)
                    .when(phase(Phase.CLOSING), UNCONFIRMED)
                    .alarm(
                            KEEP,
                            "SIP could not be closed, or the calls not be counted, in time: this node serves on.",
                            "See `journalctl -u pbx-ha`: does nft or iptables work, and Asterisk's manager interface?"),
            row(74, ACTIVE).when(phase(Phase.CLOSING)).then(STAY, "SIP is being closed."),
            row(76, ACTIVE)
                    .when(phase(Phase.OFFERED), UNCONFIRMED)
                    .alarm(
                            KEEP,
                            "The peer did not begin to serve in time: this node serves on.",
                            "Look at the peer: `pbx-ha status` and `journalctl -u pbx-ha` there."),
            row(78, ACTIVE).when(phase(Phase.OFFERED)).then(STAY, "The peer begins to serve."));

    private GivingRules() {}
}
