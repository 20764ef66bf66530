// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.util.Random;
import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.State;

/** Ends one agent once, in or just after one step of giving. NONE is the moment in which telephony has been given. */
final class CrashWhileGiving extends Invariant {
    private final Giving.Phase phase;
    private final Random random;
    private boolean gives;
    private boolean happened;

    CrashWhileGiving(Giving.Phase phase, long seed) {
        this.phase = phase;
        this.random = new Random(seed);
    }

    boolean happened() {
        return happened;
    }

    @Override
    String sentence() {
        return "An agent ends while telephony is " + phase + ".";
    }

    @Override
    void decided(World world, Host host, State before, Facts facts, Decision decision) {
        Giving.Phase now = decision.state().giving().phase();
        gives |= now != Giving.Phase.NONE;
        boolean there = before.giving().phase() != now && now == phase;
        if (there && gives && !happened) {
            happened = true;
            Host victim = world.hosts[random.nextInt(2)];
            int after = random.nextInt(1000);
            world.time.after(after, () -> {
                world.disturbed(victim.role.name(), "FAULT: agent killed");
                victim.killAgent();
                victim.restartAgent();
            });
        }
    }
}
