// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.State;
import org.pbxha.agent.simulation.Network.Way;

/** Invariant 1. */
final class NeverTwoForLong extends Invariant {
    /** A heartbeat, a cycle, stop steps that fail once, the pause after that, and stop steps again. */
    static final long BOUND = 8000;

    /** Half the silence limit: then each node may hold the other, of which it hears nothing but ping, for dead. */
    private static final long DARK = 1500;

    private long dark;
    private boolean excused;
    private long two;

    @Override
    String sentence() {
        return "Two nodes never answer SIP for longer than " + BOUND
                + " ms, unless they are cut only from each other, or"
                + " neither answered while only the peer link was cut, or the agent of one does not run, or an operator"
                + " forced it; then the time runs from their re-contact.";
    }

    @Override
    void decided(World world, Host host, State before, Facts facts, Decision decision) {
        excused |= facts.order() == Order.TAKEOVER;
    }

    @Override
    void looked(World world) {
        if (unguarded(world)) {
            excused = true;
        } else if (world.inContact()) {
            excused = false;
        }
        boolean both = world.hosts[0].answersSip() && world.hosts[1].answersSip();
        two = both && !excused ? two + World.LOOK : 0;
        world.tally.longestTwo = Math.max(world.tally.longestTwo, two);
        if (two > BOUND) {
            throw broken(world, "both answer SIP");
        }
    }

    /** What no rule can help: nobody there to close, or no difference between a peer that is dead and one that is not. */
    private boolean unguarded(World world) {
        dark = world.answering().equals("none") ? dark + World.LOOK : 0;
        for (Host host : world.hosts) {
            if (host.answersSip() && host.agent == null) {
                return true;
            }
        }
        Network network = world.network;
        boolean mute = !network.open(Way.LINK) && network.open(Way.SIP) && dark > DARK;
        boolean apart = !network.open(Way.SIP) && !network.open(Way.LINK);
        boolean notAlone = network.open(Way.ICMP) || (seesWitness(world.hosts[0]) && seesWitness(world.hosts[1]));
        return mute || (apart && notAlone);
    }

    /** An agent that has not heard the witness since it started cannot tell that it is cut off. */
    private static boolean seesWitness(Host host) {
        Agent agent = host.agent;
        return host.world.network.witnessOpen(host.index) || (agent != null && !agent.knowsWitness());
    }
}
