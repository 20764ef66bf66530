// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.PrintWriter;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.RuleTable;
import org.pbxha.agent.loop.Snapshot;

/**
 * What a failback would do at this moment: the rules decide it, and nothing is done.
 *
 * @param seen the last turn of the slave
 * @param order the failback
 */
record FailbackPlan(Snapshot seen, Order order) {
    /** Prints it; the exit code says whether it would begin. */
    int print(PrintWriter out) {
        Facts now = seen.facts();
        Facts ordered = new Facts(now.role(), now.peer(), now.own(), now.times(), order, now.limits());
        Decision decision = RuleTable.decide(seen.node().state(), ordered);
        if (decision.state().giving().phase() == Giving.Phase.NONE) {
            out.println("nothing would move, row " + decision.rule().number() + ": "
                    + decision.rule().reason());
            return ExitCode.REFUSED;
        }
        int calls = now.own().calls();
        out.println("row " + decision.rule().number() + ": " + decision.rule().reason());
        out.println("  1. the hooks of before-failback are asked");
        out.println("  2. " + (order == Order.FAILBACK_CUTTING_CALLS ? "calls are cut" : "an idle moment is awaited")
                + ": " + (calls < 0 ? "nobody knows how many calls there are" : calls + " calls now"));
        out.println("  3. SIP is closed on the slave; the master starts its services");
        out.println("  4. the slave stops its services when the master serves");
        out.println("nothing has been changed");
        return ExitCode.OK;
    }
}
