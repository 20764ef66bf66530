// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Limits;

/** Invariants 4 and 6. */
final class EverythingHeals extends Invariant {
    @Override
    String sentence() {
        return "After all faults have healed and a quiet time, exactly one node serves, with SIP open and nothing being"
                + " given, and that is the master unless it is pinned away,"
                + " unable, or the policy says otherwise.";
    }

    @Override
    void ended(World world) {
        Host master = world.master();
        Host slave = world.slave();
        if (isHopeless(master, slave) || isHopeless(slave, master)) {
            return;
        }
        if (master.isActive() == slave.isActive()) {
            throw broken(world, "not exactly one node is active");
        }
        Host serves = master.isActive() ? master : slave;
        if (!serves.answersSip() || serves.peer().answersSip()) {
            throw broken(world, "not exactly the active node answers SIP");
        }
        if (!serves.disk.state().giving().equals(Giving.NONE)) {
            throw broken(world, "telephony is still being given");
        }
        if (serves.disk.state().shut() || serves.sipClosed) {
            throw broken(world, "SIP is closed where it should be open");
        }
        if (slave == serves && !mayBeAway(world)) {
            throw broken(world, "the master is not home");
        }
    }

    /** One is broken for good, and the other was told that it cannot serve until an operator says otherwise. */
    private static boolean isHopeless(Host broken, Host other) {
        return broken.cannotStart > 0 && other.disk.state().standing().unable();
    }

    private static boolean mayBeAway(World world) {
        Host master = world.master();
        return world.slave().disk.state().standing().pinned()
                || master.cannotStart > 0
                || master.disk.state().standing().unable()
                || world.limits.failback().policy() == Limits.Policy.MANUAL;
    }
}
