// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The ordered rule table: the first row that matches decides. */
public final class RuleTable {
    private static final List<Rule> ROWS = Stream.of(
                    MasterRules.STANDING_BY, MasterRules.SERVING, SlaveRules.STANDING_BY, SlaveRules.SERVING)
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
        Rule rule = ROWS.stream()
                .filter(row -> row.matches(state, facts))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rule for role " + facts.role()));
        State moved = rule.outcome().apply(state, facts);
        State known = moved.service() == ServiceState.STANDBY ? moved.withEpochOf(facts.word()) : moved;
        State next = stepsComplete(known, facts.steps()) ? known.withStepsDone() : known;
        return new Decision(next, actions(next, facts.steps()), rule);
    }

    private static boolean stepsComplete(State state, StepsProgress steps) {
        return steps.towards() == state.service() && steps.phase() == StepsProgress.Phase.DONE;
    }

    /** Services follow the service state: what is not done and not under way is asked for, every cycle. */
    private static List<Action> actions(State state, StepsProgress steps) {
        boolean underWay = steps.towards() == state.service() && steps.phase() != StepsProgress.Phase.IDLE;
        if (state.stepsDone() || underWay) {
            return List.of();
        }
        return List.of(
                state.service() == ServiceState.ACTIVE
                        ? new Action.StartServices(state.epoch())
                        : new Action.StopServices(state.epoch()));
    }
}
