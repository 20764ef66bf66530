// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.core.TwoActives;

/** Invariant 8. */
final class MeetingsAreTold extends Invariant {
    /** The silence limit, a delayed heartbeat and a late cycle. */
    private static final long CERTAIN = 5000;

    /** As long as a word may count as fresh. */
    private static final long MEMORY = 5000;

    private long both;
    private long bothUntil = -MEMORY;

    @Override
    String sentence() {
        return "Of two nodes that were both active for longer than " + CERTAIN
                + " ms, neither giving to the other, the one"
                + " that stands down for the other tells a split brain; and nobody tells one when there were not two.";
    }

    @Override
    void looked(World world) {
        State one = world.hosts[0].disk.state();
        State other = world.hosts[1].disk.state();
        if (one.service() == ServiceState.ACTIVE && other.service() == ServiceState.ACTIVE) {
            bothUntil = world.time.now();
        }
        boolean two = isOnItsOwn(world.hosts[0]) && isOnItsOwn(world.hosts[1]);
        both = two ? both + World.LOOK : 0;
    }

    private static boolean isOnItsOwn(Host host) {
        State state = host.disk.state();
        return host.isUp()
                && state.service() == ServiceState.ACTIVE
                && state.giving().phase() == Giving.Phase.NONE;
    }

    @Override
    void decided(World world, Host host, State before, Facts facts, Decision decision) {
        if (before.service() == ServiceState.ACTIVE && host.peer().disk.state().service() == ServiceState.ACTIVE) {
            bothUntil = world.time.now();
        }
        boolean told = TwoActives.meet(before, facts);
        boolean forTheOther = decision.rule().number() == 210 || decision.rule().number() == 410;
        if (told) {
            world.tally.meetings++;
        }
        if (forTheOther && !told && both > CERTAIN) {
            throw broken(world, "the " + host.role + " told nobody, after " + both + " ms");
        }
        if (told && world.time.now() - bothUntil > MEMORY) {
            throw broken(world, "the " + host.role + " told of two, and there were none");
        }
    }
}
