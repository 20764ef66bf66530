// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Fencing;
import org.pbxha.agent.core.Fencing.Phase;
import org.pbxha.agent.core.Rule;
import org.pbxha.agent.simulation.Network.Way;

/** How one slave's agent fences: by a command on the master, which a machine that is off or frozen does not carry out. */
final class Fences {
    /** The agent waits a minute. */
    private static final long RETRY = 20_000;

    private final Agent agent;
    private final Host host;
    private final World world;
    private Phase phase = Phase.UNTRIED;
    private long endedAt;
    private int run;

    /** Which way the command takes. */
    enum Path {
        NONE,
        /** The network between the nodes. */
        SAME_NETWORK,
        /** A network of its own, which is never cut. */
        OTHER_NETWORK
    }

    Fences(Agent agent, Host host) {
        this.agent = agent;
        this.host = host;
        this.world = host.world;
    }

    Fencing progress() {
        if (world.fencing == Path.NONE || host != world.slave()) {
            return Fencing.OFF;
        }
        boolean again = phase == Phase.FAILED && world.time.now() - endedAt >= RETRY;
        return new Fencing(again ? Phase.UNTRIED : phase, "");
    }

    /** What is under way on the master goes on there, whatever becomes of this agent. */
    void begin() {
        int number = ++run;
        phase = Phase.RUNNING;
        long millis = world.between(200, 1500);
        boolean reached = reaches() && !world.mishap();
        if (reached) {
            host.peer().later(millis - 100, () -> host.peer().fence());
        }
        agent.later(reached ? millis : millis + world.between(0, 3000), () -> {
            if (run == number) {
                phase = reached && host.peer().wasFencedSince(millis) ? Phase.DONE : Phase.FAILED;
                endedAt = world.time.now();
                host.say("fencing " + phase);
            }
        });
    }

    private boolean reaches() {
        return host.peer().isUp() && (world.fencing == Path.OTHER_NETWORK || world.network.open(Way.ICMP));
    }

    void saw(Rule rule) {
        if (!rule.preparesTakeover() && phase != Phase.RUNNING) {
            phase = Phase.UNTRIED;
        }
    }
}
