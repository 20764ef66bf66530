// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;

/** Two nodes, the network between them, and everybody who watches what they do. One seed makes one history. */
final class World {
    /** How often it is looked who answers the phones. */
    static final long LOOK = 100;

    final long seed;
    final Random random;
    final VirtualTime time = new VirtualTime();
    final Transcript transcript = new Transcript(this);
    final Tally tally = new Tally();
    final Network network;
    final Decider decider;
    final Limits limits;
    final boolean hooks;
    final Fences.Path fencing;
    final Host[] hosts;
    private final List<Invariant> invariants;

    /** Whether nothing fails by chance any more. */
    boolean calm;

    World(long seed, Decider decider, List<Invariant> invariants) {
        this(seed, decider, invariants, fencing(seed), false);
    }

    /** A world with this way to fence, which is required or not. */
    World(long seed, Decider decider, List<Invariant> invariants, Fences.Path fencing, boolean required) {
        this.seed = seed;
        this.fencing = fencing;
        this.decider = decider;
        this.invariants = invariants;
        // Seeds that follow each other begin alike in java.util.Random.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.network = new Network(random);
        this.limits = limits(policy(random.nextInt(10)), required);
        this.hooks = random.nextInt(4) == 0;
        this.hosts = new Host[] {new Host(this, Role.MASTER), new Host(this, Role.SLAVE)};
        hosts[0].asterisk.start();
        for (Host host : hosts) {
            host.startAgent(between(0, 1000));
        }
        time.after(LOOK, this::look);
        time.after(1000, this::callsComeAndGo);
    }

    /** Half of all pairs have none. */
    private static Fences.Path fencing(long seed) {
        return switch ((int) Math.floorMod(seed, 4L)) {
            case 0 -> Fences.Path.SAME_NETWORK;
            case 1 -> Fences.Path.OTHER_NETWORK;
            default -> Fences.Path.NONE;
        };
    }

    private static Limits.Policy policy(int dice) {
        return dice == 0 ? Limits.Policy.MANUAL : dice == 1 ? Limits.Policy.IMMEDIATE : Limits.Policy.AUTOMATIC;
    }

    /** The default times where takeovers are decided; shorter ones where only waiting is long. */
    private static Limits limits(Limits.Policy policy, boolean required) {
        return new Limits(
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                required,
                new Limits.Isolation(Duration.ofMillis(1500), Duration.ofSeconds(10), false),
                new Limits.Failback(policy, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60)),
                new Limits.Boot(Duration.ofSeconds(8), Duration.ofSeconds(15)));
    }

    Host master() {
        return hosts[0];
    }

    Host slave() {
        return hosts[1];
    }

    long between(int least, int most) {
        return (long) least + random.nextInt(most - least);
    }

    /** Whether something that usually works fails now. */
    boolean mishap() {
        return !calm && random.nextInt(25) == 0;
    }

    void disturbed(String who, String what) {
        tally.disturbances++;
        tally.disturbedAt = time.now();
        transcript.add(who, what);
    }

    /** Who answers SIP now, in words. */
    String answering() {
        if (hosts[0].answersSip()) {
            return hosts[1].answersSip() ? "both" : "master";
        }
        return hosts[1].answersSip() ? "slave" : "none";
    }

    /** Whether the agents hear each other. */
    boolean inContact() {
        return network.open(Network.Way.LINK) && hosts[0].agentAwake() && hosts[1].agentAwake();
    }

    void decided(Host host, State before, Facts facts, Decision decision) {
        boolean moved = before.service() != decision.state().service();
        if (moved && decision.state().service() == ServiceState.ACTIVE) {
            tally.moves++;
        }
        if (decision.rule().outcome() == Outcome.SHUT) {
            tally.closings++;
        }
        for (Invariant invariant : invariants) {
            invariant.decided(this, host, before, facts, decision);
        }
    }

    void end() {
        invariants.forEach(invariant -> invariant.ended(this));
    }

    private void look() {
        for (Invariant invariant : invariants) {
            invariant.looked(this);
        }
        time.after(LOOK, this::look);
    }

    private void callsComeAndGo() {
        for (Host host : hosts) {
            boolean goesOn = host.asterisk.runs() && host.isUp();
            // Most of the time there are calls; who has closed SIP gets no new ones.
            boolean some = random.nextInt(3) > 0 && (host.calls > 0 || !host.sipClosed);
            host.calls = goesOn && some ? 1 : 0;
        }
        time.after(1000, this::callsComeAndGo);
    }
}
