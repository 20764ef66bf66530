// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Action;
import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.core.StepsProgress;
import org.pbxha.agent.observe.Observer;
import org.pbxha.agent.observe.Sources;
import org.pbxha.agent.simulation.Asterisk.Life;
import org.pbxha.agent.simulation.Network.Way;
import org.pbxha.agent.state.NodeState;

/** One agent process: the real observer and the real rules, with this world around them. */
final class Agent {
    private static final long INTERVAL = 500;

    private final Host host;
    private final World world;
    private final Effects effects;
    private final Observer observer;
    private boolean alive = true;
    private OptionalLong icmp = OptionalLong.empty();
    private OptionalLong sip = OptionalLong.empty();
    private OptionalLong link = OptionalLong.empty();
    private OptionalLong witness = OptionalLong.empty();
    private @Nullable PeerWord word;
    private int row = -1;

    /** Where the next change of state is cut short by the end of the process. */
    @Nullable
    Cut cut;

    /** Moments at which a process may end. */
    enum Cut {
        BEFORE_PERSIST,
        BEFORE_ACT
    }

    Agent(Host host) {
        this.host = host;
        this.world = host.world;
        this.effects = new Effects(this, host);
        Sources sources = new Sources(
                () -> icmp,
                () -> sip,
                () -> link,
                List.of(() -> witness),
                () -> word,
                effects::own,
                this::nanoTime,
                () -> Duration.ofMillis(host.uptime()));
        this.observer = new Observer(host.role, world.limits, sources);
    }

    void start() {
        host.say("agent starts");
        if (!host.disk.bootId().equals(host.bootId())) {
            State state = host.disk.state().afterBoot();
            host.write(host.disk.with(state).after(host.bootId()));
        }
        every(this::cycle, 0);
        every(() -> probe(Way.ICMP), world.between(0, 500));
        every(() -> probe(Way.SIP), world.between(0, 500));
        every(this::probeWitness, world.between(0, 500));
        every(this::beat, world.between(0, 500));
    }

    /** Whether it knows its witness at all; one that never answered says nothing. */
    boolean knowsWitness() {
        return witness.isPresent();
    }

    boolean knowsPeer() {
        return link.isPresent();
    }

    void die() {
        alive = false;
    }

    /** Has this process do something later, if it still runs and its machine is awake then. */
    void later(long millis, Runnable what) {
        host.later(millis, () -> {
            if (alive) {
                what.run();
            }
        });
    }

    private void every(Runnable what, long first) {
        later(first, () -> {
            what.run();
            // Now and then a collection of garbage or a slow disk.
            long late = world.random.nextInt(200) == 0 ? 300 : world.random.nextInt(20);
            every(what, INTERVAL + late);
        });
    }

    private long nanoTime() {
        return world.time.now() * 1_000_000;
    }

    private void cycle() {
        world.tally.cycles++;
        NodeState before = host.disk;
        @Nullable Order order = host.orders.poll();
        Facts facts = observer.look(before, order);
        Decision decision = world.decider.apply(before.state(), facts);
        boolean changes = !decision.state().equals(before.state());
        if (changes && cut == Cut.BEFORE_PERSIST) {
            end();
            return;
        }
        persist(before, decision);
        world.decided(host, before.state(), facts, decision);
        if (changes && cut == Cut.BEFORE_ACT) {
            end();
            return;
        }
        effects.saw(decision.rule());
        for (Action action : decision.actions()) {
            effects.act(action);
        }
    }

    private void persist(NodeState before, Decision decision) {
        if (!before.state().equals(decision.state())) {
            host.write(before.with(decision.state()).explained(Instant.EPOCH, 0, ""));
        }
        if (row != decision.rule().number()) {
            row = decision.rule().number();
            host.say("row " + row + ": " + decision.rule().reason() + " -> "
                    + decision.rule().outcome().words() + ", " + text(decision.state()));
        }
    }

    private static String text(State state) {
        return state.service() + " epoch " + state.epoch() + (state.stepsDone() ? "" : " moving")
                + (state.shut() ? " shut" : "")
                + (state.giving().equals(Giving.NONE)
                        ? ""
                        : " " + state.giving().phase());
    }

    private void end() {
        host.killAgent();
        host.restartAgent();
    }

    private void probe(Way way) {
        Host peer = host.peer();
        if (way == Way.ICMP ? peer.answersPing() : peer.answersSip()) {
            arrives(world.network.roundTrip(way), () -> {
                if (way == Way.ICMP) {
                    icmp = OptionalLong.of(nanoTime());
                } else {
                    sip = OptionalLong.of(nanoTime());
                }
            });
        }
    }

    private void probeWitness() {
        arrives(world.network.witnessRoundTrip(host.index), () -> witness = OptionalLong.of(nanoTime()));
    }

    /** Tells the peer; its answer is a word as well. */
    private void beat() {
        PeerWord said = word();
        Host peer = host.peer();
        arrives(world.network.message(), () -> {
            Agent other = peer.agent;
            if (other != null && peer.isUp()) {
                other.hear(said);
                PeerWord answer = other.word();
                arrives(world.network.message(), () -> hear(answer));
            }
        });
    }

    private void arrives(int delay, Runnable what) {
        if (delay == 0) {
            what.run();
        } else if (delay > 0) {
            later(delay, what);
        }
    }

    private void hear(PeerWord said) {
        word = said;
        link = OptionalLong.of(nanoTime());
    }

    /** What this node says of itself. */
    private PeerWord word() {
        State state = host.disk.state();
        StepsProgress steps = effects.progress();
        boolean tried = steps.towards() == state.service() && steps.phase() == StepsProgress.Phase.FAILED;
        boolean serving = host.asterisk.is(Life.SERVING);
        return new PeerWord(
                state.service(), state.epoch(), state.stepsDone() || tried, serving, host.notReady == 0, plea(serving));
    }

    private PeerWord.Plea plea(boolean serving) {
        State state = host.disk.state();
        if (host.leaving && !serving) {
            return PeerWord.Plea.LEAVING;
        }
        if (state.giving().phase() == Giving.Phase.OFFERED) {
            return PeerWord.Plea.TAKE_OVER_FROM_ME;
        }
        boolean unable =
                state.service() == ServiceState.STANDBY && state.standing().unable();
        return unable ? PeerWord.Plea.UNABLE : PeerWord.Plea.NONE;
    }
}
