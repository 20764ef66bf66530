// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.State;

/** Something that holds in every history. */
abstract class Invariant {
    /** What it promises. */
    abstract String sentence();

    /** Called for each decision, after it was persisted. */
    void decided(World world, Host host, State before, Facts facts, Decision decision) {}

    /** Called every {@link World#LOOK} milliseconds. */
    void looked(World world) {}

    /** Called after the quiet time. */
    void ended(World world) {}

    final AssertionError broken(World world, String how) {
        return new AssertionError("%s%nBroken at %d ms with seed %d: %s%n%s%nRepeat it with -Dsimulation.seed=%d"
                .formatted(sentence(), world.time.now(), world.seed, how, world.transcript.text(), world.seed));
    }
}
