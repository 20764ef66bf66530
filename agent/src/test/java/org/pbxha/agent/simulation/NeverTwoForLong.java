// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.State;
import org.pbxha.agent.simulation.Network.Way;

/** Invariant 1. */
final class NeverTwoForLong extends Invariant {
    /** A heartbeat that is delayed and repeated, a late cycle, and the firewall: 3.4 s in fifteen million cycles. */
    static final long BOUND = 5000;

    /** As the rules have it: a peer that was silent for so long before the witness went is dead. */
    private static final long LONG_APART = 59_000;

    /** Half the silence limit: then each node may hold the other, of which it hears nothing but ping, for dead. */
    private static final long DARK = 1500;

    private long dark;
    private long apartFor;
    private boolean excused;
    private long two;

    @Override
    String sentence() {
        return "Two nodes never answer SIP for longer than " + BOUND
                + " ms, unless they are cut only from each other, or"
                + " for more than a minute; or neither answered while only the peer link was cut; or an agent has heard"
                + " neither peer nor witness since it started; or the slave's agent does not run; or the master's does not, and"
                + " the slave cannot see the master's SIP; or an operator forced it. Then the time runs from their re-contact.";
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
        Network network = world.network;
        boolean slaveSees = world.slave().agentAwake() && network.open(Way.SIP);
        if (isBlind(world.slave()) || (isBlind(world.master()) && !slaveSees)) {
            return true;
        }
        boolean mute = !network.open(Way.LINK) && network.open(Way.SIP) && dark > DARK;
        boolean apart = !network.open(Way.SIP) && !network.open(Way.LINK);
        boolean notAlone = network.open(Way.ICMP) || (seesWitness(world.hosts[0]) && seesWitness(world.hosts[1]));
        apartFor = apart ? apartFor + World.LOOK : 0;
        return mute || (apart && notAlone) || apartFor > LONG_APART;
    }

    /** Whether a node answers whose agent is not there, or has not heard its peer since it started and cannot. */
    private static boolean isBlind(Host host) {
        Agent agent = host.agent;
        boolean blind = agent == null || (!agent.knowsPeer() && !host.world.network.open(Way.LINK));
        return blind && host.answersSip();
    }

    /** An agent that has not heard the witness since it started cannot tell that it is cut off. */
    private static boolean seesWitness(Host host) {
        Agent agent = host.agent;
        return host.world.network.witnessOpen(host.index) || (agent != null && !agent.knowsWitness());
    }
}
