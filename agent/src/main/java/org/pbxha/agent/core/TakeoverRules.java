// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Condition.not;
import static org.pbxha.agent.core.Conditions.FENCE_REQUIRED;
import static org.pbxha.agent.core.Conditions.FENCE_UNTRIED;
import static org.pbxha.agent.core.Conditions.FENCING;
import static org.pbxha.agent.core.Conditions.MANUAL;
import static org.pbxha.agent.core.Conditions.SILENT_FOR_LONG;
import static org.pbxha.agent.core.Conditions.UNFENCED;
import static org.pbxha.agent.core.Conditions.VETOED;
import static org.pbxha.agent.core.Conditions.VETO_PENDING;
import static org.pbxha.agent.core.Conditions.VETO_UNASKED;
import static org.pbxha.agent.core.Conditions.WITNESS_SILENT;
import static org.pbxha.agent.core.Outcome.ASK;
import static org.pbxha.agent.core.Outcome.FENCE;
import static org.pbxha.agent.core.Outcome.STAY;
import static org.pbxha.agent.core.Outcome.TAKE_OVER;
import static org.pbxha.agent.core.Role.SLAVE;
import static org.pbxha.agent.core.Rule.row;
import static org.pbxha.agent.core.ServiceState.STANDBY;

import java.util.List;
import java.util.stream.Stream;

/** A reason to take over, with all that may hold it back. */
final class TakeoverRules {
    private static final String BY_HAND = "If the master is really gone: `pbx-ha takeover --force --reason TEXT`.";
    private static final String MEND_FENCING = "Make sure by hand that the master is off, then `pbx-ha takeover --force"
            + " --reason TEXT`. What failed: `pbx-ha explain`; test it with `pbx-ha fencing check`.";

    private final String reason;
    private final String advice;
    private final Condition[] cause;

    private TakeoverRules(String reason, String advice, Condition[] cause) {
        this.reason = reason;
        this.advice = advice;
        this.cause = cause;
    }

    /**
     * A master that gives telephony away by its own word: it is not fenced. Five rows, four that hold a takeover back, and
     * the takeover.
     *
     * @param number of the takeover; the others have the four even numbers before it
     */
    static List<Rule> because(int number, String reason, String advice, Condition... cause) {
        TakeoverRules rules = new TakeoverRules(reason, advice, cause);
        return Stream.concat(rules.asking(number - 8, 2), Stream.of(rules.takeOver(number)))
                .toList();
    }

    /**
     * A master that says nothing: it may serve all the same, so it is fenced where that is configured; what has been fenced is taken
     * over from by a row of its own. Nine rows.
     *
     * @param number of the takeover of a master that is not fenced; the others have the eight numbers before it
     */
    static List<Rule> becauseOfSilence(int number, String reason, String advice, Condition... cause) {
        TakeoverRules rules = new TakeoverRules(reason, advice, cause);
        return Stream.of(rules.asking(number - 8, 1), rules.fencing(number - 4), Stream.of(rules.takeOver(number)))
                .flatMap(rows -> rows)
                .toList();
    }

    private Stream<Rule> asking(int first, int step) {
        return Stream.of(
                row(first, SLAVE, STANDBY)
                        .when(with(MANUAL))
                        .alarm(STAY, reason + " The mode is manual, so nothing moves.", BY_HAND),
                row(first + step, SLAVE, STANDBY)
                        .when(with(VETOED))
                        .alarm(STAY, reason + " A hook objects to a takeover.", BY_HAND),
                row(first + 2 * step, SLAVE, STANDBY)
                        .when(with(VETO_PENDING))
                        .alarm(STAY, reason + " The hooks are being asked.", advice),
                row(first + 3 * step, SLAVE, STANDBY)
                        .when(with(VETO_UNASKED))
                        .alarm(ASK, reason + " The hooks are asked first.", advice));
    }

    private Stream<Rule> fencing(int first) {
        return Stream.of(
                row(first, SLAVE, STANDBY).when(with(FENCING)).alarm(STAY, reason + " It is being fenced.", advice),
                row(first + 1, SLAVE, STANDBY)
                        .when(with(FENCE_UNTRIED, not(WITNESS_SILENT)))
                        .alarm(FENCE, reason + " It is fenced first.", advice),
                row(first + 2, SLAVE, STANDBY)
                        .when(with(UNFENCED, FENCE_REQUIRED))
                        .alarm(STAY, reason + " It could not be fenced, and fencing is required.", MEND_FENCING),
                row(first + 3, SLAVE, STANDBY)
                        .when(with(UNFENCED, not(SILENT_FOR_LONG)))
                        .alarm(STAY, reason + " It could not be fenced, so the takeover waits.", advice));
    }

    private Rule takeOver(int number) {
        return row(number, SLAVE, STANDBY).when(cause).alarm(TAKE_OVER, reason, advice);
    }

    private Condition[] with(Condition... more) {
        return Stream.concat(Stream.of(cause), Stream.of(more)).toArray(Condition[]::new);
    }
}
