// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The ordered rule table: the first row that matches decides. */
public final class RuleTable {
    private static final List<Rule> ROWS = Stream.of(
                    FencedRules.SERVING,
                    ServingRules.ALONE_OR_NOT,
                    GivingRules.ROWS,
                    ServingRules.OWN_ASTERISK,
                    FencedRules.STANDING_BY,
                    MasterRules.STANDING_BY,
                    MasterRules.SERVING,
                    SlaveRules.STANDING_BY,
                    SlaveRules.SERVING)
            .flatMap(Collection::stream)
            .toList();

    private RuleTable() {}

    /** All rows in the order in which they are tried. */
    public static List<Rule> rows() {
        return ROWS;
    }

    /**
     * Decides one cycle. Pure: the same state and facts give the same decision.
     *
     * @throws IllegalArgumentException for a disabled role, which has nothing to decide
     */
    public static Decision decide(State state, Facts facts) {
        Rule rule = matching(state, facts);
        State next = follow(rule.outcome().apply(state, facts), facts);
        return new Decision(next, actions(rule.outcome(), next, facts), rule);
    }

    private static Rule matching(State state, Facts facts) {
        for (Rule row : ROWS) {
            if (row.matches(state, facts)) {
                return row;
            }
        }
        throw new IllegalArgumentException("no rule for role " + facts.role());
    }

    /** What follows from the facts whatever the rule was. */
    private static State follow(State moved, Facts facts) {
        State state = stepsComplete(moved, facts.own().steps()) ? moved.withStepsDone() : moved;
        if (state.service() == ServiceState.ACTIVE) {
            return state;
        }
        if (startedUnwatched(state, facts.own())) {
            state = state.withShut(true).moveTo(ServiceState.STANDBY, state.epoch());
        }
        boolean quiet =
                facts.times().inPhase().compareTo(facts.limits().failback().quiet()) >= 0;
        State known = state.withEpochOf(facts.peer().word()).with(remembered(state.standing(), facts));
        State calm = quiet ? known.with(known.standing().withTakeovers(0)) : known;
        return calm.stepsDone() ? calm.withShut(false) : calm;
    }

    /** A peer that serves knows of this node: from then on the rules do without the memory of having been fenced. */
    private static Standing remembered(Standing standing, Facts facts) {
        PeerWord word = facts.freshWord();
        boolean serves = word != null && word.service() == ServiceState.ACTIVE;
        return serves && !facts.own().fenced() ? standing.withFenced(false) : standing;
    }

    /**
     * Whether an Asterisk runs on a standby whose agent has done nothing yet: the gate lets a master's start when no agent
     * is there to ask. The stop steps are due again.
     */
    private static boolean startedUnwatched(State state, Facts.Own own) {
        boolean runs = own.asterisk() == Health.SERVING || own.asterisk() == Health.STARTING;
        return runs && state.stepsDone() && own.steps().phase() == StepsProgress.Phase.IDLE;
    }

    private static boolean stepsComplete(State state, StepsProgress steps) {
        return steps.towards() == state.service() && steps.phase() == StepsProgress.Phase.DONE;
    }

    /** The world follows the state: what is not so yet and not under way is asked for, every cycle. */
    private static List<Action> actions(Outcome outcome, State state, Facts facts) {
        Facts.Own own = facts.own();
        List<Action> actions = new ArrayList<>();
        if (state.shut() != own.sipClosed()) {
            actions.add(new Action.ShutSip(state.shut()));
        }
        boolean stepping =
                own.steps().towards() == state.service() && own.steps().phase() != StepsProgress.Phase.IDLE;
        if (!state.stepsDone() && !stepping) {
            actions.add(
                    state.service() == ServiceState.ACTIVE
                            ? new Action.StartServices(state.epoch())
                            : new Action.StopServices(state.epoch()));
        }
        boolean data =
                state.giving().is(Giving.Phase.PREPARING) || state.giving().is(Giving.Phase.CLOSING);
        if (data && own.work() == Work.IDLE) {
            actions.add(new Action.BringData(state.giving().phase()));
        }
        if (outcome == Outcome.REPAIR) {
            actions.add(new Action.RepairAsterisk());
        }
        if (outcome == Outcome.HANG_UP) {
            actions.add(new Action.HangUp());
        }
        if (outcome == Outcome.ASK) {
            actions.add(new Action.AskHooks());
        }
        if (outcome == Outcome.FENCE) {
            actions.add(new Action.FencePeer());
        }
        // Never while this node is active: what is in the state by now keeps it from serving.
        if (outcome == Outcome.ACCEPT_FENCE) {
            actions.add(new Action.ClearFenceMark());
        }
        return List.copyOf(actions);
    }
}
