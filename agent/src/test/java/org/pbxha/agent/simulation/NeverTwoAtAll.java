// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

/** Invariant 8, where fencing always works. */
final class NeverTwoAtAll extends Invariant {
    private long two;

    @Override
    String sentence() {
        return "With fencing that works, two nodes that are cut only from each other never both answer SIP.";
    }

    @Override
    void looked(World world) {
        two = world.answering().equals("both") ? two + World.LOOK : 0;
        if (two > 0) {
            throw broken(world, "both answer SIP");
        }
    }
}
