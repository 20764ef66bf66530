// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

/** Invariant 3. */
final class NoFlapping extends Invariant {
    private static final int PER_DISTURBANCE = 2;
    private static final int ALLOWANCE = 2;

    @Override
    String sentence() {
        return "Telephony moves at most twice for each fault that begins or ends and each order.";
    }

    @Override
    void looked(World world) {
        Tally tally = world.tally;
        if (tally.moves > PER_DISTURBANCE * tally.disturbances + ALLOWANCE) {
            throw broken(world, tally.moves + " moves for " + tally.disturbances + " disturbances");
        }
    }
}
