// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.util.List;
import org.pbxha.agent.core.RuleTable;

/** One history from one seed. */
final class Simulation {
    /** The longest hold-down after many takeovers is 160 s; boots, drains and a second try come to it. */
    private static final long QUIET = 420_000;

    private static final int LEAST_TROUBLE = 200_000;
    private static final int MOST_TROUBLE = 600_000;

    private Simulation() {}

    /** Runs trouble and quiet with the real rules. */
    static Tally run(long seed) {
        return run(seed, RuleTable::decide, invariants());
    }

    /** Runs trouble and quiet with these rules; throws AssertionError with the transcript when an invariant breaks. */
    static Tally run(long seed, Decider decider, List<Invariant> invariants) {
        World world = new World(seed, decider, invariants);
        long trouble = world.between(LEAST_TROUBLE, MOST_TROUBLE);
        new Faults(world).during(trouble);
        world.time.runUntil(trouble + QUIET);
        world.end();
        return world.tally;
    }

    /** All of them, new: they remember. */
    static List<Invariant> invariants() {
        return List.of(
                new NeverTwoForLong(),
                new NeverNoneForLong(),
                new NoFlapping(),
                new EverythingHeals(),
                new EpochsGrow(),
                new GiverWaits(),
                new IsolationNeverTakesOver(),
                new MeetingsAreTold());
    }
}
