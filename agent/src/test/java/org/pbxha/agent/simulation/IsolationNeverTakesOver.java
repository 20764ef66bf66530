// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.State;

/** Invariant 7. */
final class IsolationNeverTakesOver extends Invariant {
    /** Half the silence limit: from then on the witness counts as silent too. */
    private static final long SETTLED = 2000;

    private long isolated;

    @Override
    String sentence() {
        return "A slave that is cut off from its master and from the witness does not take over.";
    }

    @Override
    void looked(World world) {
        boolean now = world.network.isolated(world.slave().index);
        isolated = now ? isolated + World.LOOK : 0;
    }

    @Override
    void decided(World world, Host host, State before, Facts facts, Decision decision) {
        boolean takes = decision.rule().outcome() == Outcome.TAKE_OVER && facts.order() == null;
        if (takes && isolated > SETTLED) {
            throw broken(world, "the " + host.role + " took over");
        }
    }
}
