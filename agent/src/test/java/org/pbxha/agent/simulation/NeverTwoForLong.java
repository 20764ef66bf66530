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

    /** A little less than what a host that answers only ping is given. */
    private static final long UNFENCED = 9000;

    private final long[] dark = new long[2];
    private boolean excused;
    private long two;

    @Override
    String sentence() {
        return "Two nodes never answer SIP for longer than " + BOUND
                + " ms, unless they are cut only from each other, the"
                + " agent of one of them does not run, the server was dark for long while the peer link was cut, or an operator forced"
                + " it; then the time runs from their re-contact.";
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
        for (Host host : world.hosts) {
            if (host.answersSip() && host.agent == null) {
                return true;
            }
            boolean down = host.isActive() && !host.answersSip();
            dark[host.index] = down ? dark[host.index] + World.LOOK : 0;
        }
        Network network = world.network;
        boolean mute = !network.open(Way.LINK) && Math.max(dark[0], dark[1]) > UNFENCED;
        boolean apart = !network.open(Way.SIP) && !network.open(Way.LINK);
        boolean notAlone = network.open(Way.ICMP) || (network.witnessOpen(0) && network.witnessOpen(1));
        return mute || (apart && notAlone);
    }
}
