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

    /** Whose cable is back hears the witness, the ping and the rest one after the other. */
    private static final long RETURN = 1000;

    private long isolated;
    private long isolatedAt = -RETURN;

    @Override
    String sentence() {
        return "A slave that is cut off from its master and from the witness does not take over unless its master asks it to.";
    }

    @Override
    void looked(World world) {
        boolean now = world.network.isolated(world.slave().index);
        isolated = now ? isolated + World.LOOK : 0;
        if (isolated > SETTLED) {
            isolatedAt = world.time.now();
        }
    }

    @Override
    void decided(World world, Host host, State before, Facts facts, Decision decision) {
        boolean told = facts.peer().linkSilence().compareTo(world.limits.silence()) < 0;
        boolean takes = decision.rule().outcome() == Outcome.TAKE_OVER && facts.order() == null && !told;
        if (takes && world.time.now() - isolatedAt < RETURN) {
            throw broken(world, "the " + host.role + " took over");
        }
    }
}
