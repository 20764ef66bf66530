// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import org.pbxha.agent.core.Giving.Phase;

/** What a rule does to the state. */
public enum Outcome {
    /** Nothing moves. */
    STAY("stay"),
    /** Nothing moves; the hooks are asked. */
    ASK("ask hooks"),
    /** Nothing moves; the peer is fenced. */
    FENCE("fence"),
    /** Nothing moves; the local Asterisk is restarted. */
    REPAIR("repair"),
    /** Nothing moves yet; calls are hung up. */
    HANG_UP("hang up calls"),
    /** Serve without the peer's consent: a new epoch begins. */
    TAKE_OVER("take over"),
    /** Serve because the peer has stood down or offers it: a new epoch begins. */
    OPEN("open"),
    /** Serve what the master has handed over, and keep it until a failback: a new epoch begins. */
    RECEIVE("receive"),
    /** Serve again in the epoch this node already had: whoever took over meanwhile has a newer one. */
    RESUME("resume"),
    /** Stop serving. */
    STAND_DOWN("stand down"),
    /** Stop serving, and say that this node cannot. */
    GIVE_UP("give up"),
    /** Stand by, and serve no more by itself until a word of the peer is heard. */
    ACCEPT_FENCE("stand by, fenced"),
    /** Close SIP by the firewall. */
    SHUT("close SIP"),
    /** Open SIP again. */
    UNSHUT("open SIP"),
    /** Begin to give telephony to the peer. */
    GIVE("begin to give"),
    /** The same, and calls may be cut. */
    GIVE_CUTTING_CALLS("begin to give, cutting calls"),
    /** Wait for an idle moment. */
    DRAIN("drain"),
    /** Close SIP and bring the last data over. */
    CLOSE("close"),
    /** Let the peer serve. */
    OFFER("offer"),
    /** Keep telephony after all. */
    KEEP("keep"),
    /** The same, but SIP stays closed until it is known what the peer does. */
    KEEP_CLOSED("keep, SIP closed");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** The outcome as people write it. */
    public String words() {
        return words;
    }

    State apply(State state, Facts facts) {
        Standing standing = state.standing();
        return switch (this) {
            case STAY, ASK, FENCE, REPAIR, HANG_UP -> state;
            case TAKE_OVER -> serving(state, facts).with(standing.serving().withTakeovers(standing.takeovers() + 1));
            case OPEN -> serving(state, facts).with(standing.serving().withPinned(false));
            case RECEIVE -> serving(state, facts).with(standing.serving().withPinned(true));
            case RESUME -> state.moveTo(ServiceState.ACTIVE, state.epoch()).with(standing.serving());
            case STAND_DOWN -> standingBy(state, facts).with(standing.withPinned(false));
            case GIVE_UP ->
                standingBy(state, facts).with(standing.withPinned(false).withUnable(true));
            case ACCEPT_FENCE ->
                fenced(state, facts).with(standing.withPinned(false).withFenced(true));
            case SHUT -> state.withShut(true);
            case UNSHUT -> state.withShut(false);
            case GIVE -> state.with(new Giving(Phase.PREPARING, false));
            case GIVE_CUTTING_CALLS -> state.with(new Giving(Phase.PREPARING, true));
            case DRAIN -> state.with(state.giving().in(Phase.DRAINING)).withShut(false);
            case CLOSE -> state.with(state.giving().in(Phase.CLOSING)).withShut(true);
            case OFFER -> state.with(state.giving().in(Phase.OFFERED));
            case KEEP_CLOSED -> state.with(Giving.NONE);
            case KEEP -> state.with(Giving.NONE).withShut(false);
        };
    }

    private static State serving(State state, Facts facts) {
        return state.moveTo(ServiceState.ACTIVE, newestEpoch(state, facts) + 1);
    }

    private static State standingBy(State state, Facts facts) {
        // Stop steps take time and may fail: no phone is to reach this node meanwhile.
        return state.withShut(true).moveTo(ServiceState.STANDBY, newestEpoch(state, facts));
    }

    private static State fenced(State state, Facts facts) {
        return state.service() == ServiceState.ACTIVE ? standingBy(state, facts) : state;
    }

    private static long newestEpoch(State state, Facts facts) {
        PeerWord word = facts.peer().word();
        return word == null ? state.epoch() : Math.max(state.epoch(), word.epoch());
    }
}
