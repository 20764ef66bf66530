// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.State;

/** Invariant 5. */
final class EpochsGrow extends Invariant {
    /** Two heartbeats, delayed, and a cycle on each node. */
    static final long BOUND = 5000;

    private long both;

    @Override
    String sentence() {
        return "Epochs never shrink, and of two active nodes that hear each other one stands down within " + BOUND
                + " ms.";
    }

    @Override
    void decided(World world, Host host, State before, Facts facts, Decision decision) {
        if (decision.state().epoch() < before.epoch()) {
            throw broken(
                    world,
                    "the epoch of the " + host.role + " fell to "
                            + decision.state().epoch());
        }
    }

    @Override
    void looked(World world) {
        boolean meet = world.inContact() && world.hosts[0].isActive() && world.hosts[1].isActive();
        both = meet ? both + World.LOOK : 0;
        if (both > BOUND) {
            throw broken(world, "both stay active");
        }
    }
}
