// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Conditions.MANUAL;
import static org.pbxha.agent.core.Conditions.VETOED;
import static org.pbxha.agent.core.Conditions.VETO_PENDING;
import static org.pbxha.agent.core.Conditions.VETO_UNASKED;
import static org.pbxha.agent.core.Outcome.ASK;
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

    private TakeoverRules() {}

    /**
     * Five rows: four that hold a takeover back, and the takeover.
     *
     * @param number of the takeover; the others have the four even numbers before it
     */
    static List<Rule> because(int number, String reason, String advice, Condition... cause) {
        return List.of(
                row(number - 8, SLAVE, STANDBY)
                        .when(with(cause, MANUAL))
                        .alarm(STAY, reason + " The mode is manual, so nothing moves.", BY_HAND),
                row(number - 6, SLAVE, STANDBY)
                        .when(with(cause, VETOED))
                        .alarm(STAY, reason + " A hook objects to a takeover.", BY_HAND),
                row(number - 4, SLAVE, STANDBY)
                        .when(with(cause, VETO_PENDING))
                        .alarm(STAY, reason + " The hooks are being asked.", advice),
                row(number - 2, SLAVE, STANDBY)
                        .when(with(cause, VETO_UNASKED))
                        .alarm(ASK, reason + " The hooks are asked first.", advice),
                row(number, SLAVE, STANDBY).when(cause).alarm(TAKE_OVER, reason, advice));
    }

    private static Condition[] with(Condition[] cause, Condition more) {
        return Stream.concat(Stream.of(cause), Stream.of(more)).toArray(Condition[]::new);
    }
}
