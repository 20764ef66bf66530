// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.RuleTable;
import org.pbxha.agent.core.State;

/** {@code -Dsimulation.seeds=N} runs more histories, {@code -Dsimulation.seed=N} repeats one. */
class SimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 2000);
    /** So many broken histories are told; the rest is only counted. */
    private static final int TOLD = 5;

    @Test
    void noHistoryBreaksAnInvariant() {
        Long one = Long.getLong("simulation.seed");
        long first = one == null ? 1 : one;
        long last = one == null ? SEEDS : one;
        List<String> broken = new ArrayList<>();
        Tally sum = new Tally();
        long begin = System.nanoTime();
        for (long seed = first; seed <= last; seed++) {
            try {
                sum.add(Simulation.run(seed));
            } catch (AssertionError e) {
                broken.add(String.valueOf(e.getMessage()));
            }
        }
        System.out.printf(
                "simulation: %d histories, %d cycles in %.1f s; the longest with two that answer %d ms, with none %d ms; %d meetings%n",
                last - first + 1,
                sum.cycles,
                (System.nanoTime() - begin) / 1e9,
                sum.longestTwo,
                sum.longestNone,
                sum.meetings);

        assertThat(broken.stream().limit(TOLD))
                .as("%d of %d histories broke an invariant", broken.size(), last - first + 1)
                .isEmpty();
        assertThat(one != null || sum.cycles > SEEDS * 1000).isTrue();
    }

    @Test
    void aThirdOfAllPacketsLostForTenMinutesMovesNothingAndClosesNothing() {
        for (long seed = 1; seed <= 50; seed++) {
            World world = calm(seed, List.of());
            world.time.runUntil(20_000);
            int moves = world.tally.moves;
            world.network.lose(0.3);

            world.time.runUntil(620_000);

            assertThat(world.tally.moves).as("%s", world.transcript.text()).isEqualTo(moves);
            assertThat(world.tally.closings).as("%s", world.transcript.text()).isZero();
        }
    }

    @Test
    void aSlaveThatIsMerelyIsolatedNeverBecomesActive() {
        for (long seed = 1; seed <= 200; seed++) {
            World world = calm(seed, Simulation.invariants());
            world.time.runUntil(20_000);
            for (int cut = 0; cut < 20; cut++) {
                isolateSlave(world, 1);
                world.time.runUntil(world.time.now() + world.between(100, 30_000));
                isolateSlave(world, -1);
                world.time.runUntil(world.time.now() + world.between(100, 20_000));

                assertThat(world.slave().isActive())
                        .as("seed %d%n%s", seed, world.transcript.text())
                        .isFalse();
            }
        }
    }

    @Test
    void changesThatWereOrderedAreNoSplitBrain() {
        for (long seed = 1; seed <= 100; seed++) {
            World world = calm(seed, Simulation.invariants());
            world.time.runUntil(20_000);
            for (Order order : List.of(Order.HANDOVER, Order.FAILBACK, Order.TAKEOVER, Order.FAILBACK)) {
                world.disturbed("", "ORDER: " + order);
                (order == Order.HANDOVER ? world.master() : world.slave()).orders.add(order);
                world.time.runUntil(world.time.now() + 60_000);
            }
            assertThat(world.tally.moves).as("%s", world.transcript.text()).isGreaterThan(4);
            assertThat(world.tally.meetings).as("%s", world.transcript.text()).isZero();
        }
    }

    private static void isolateSlave(World world, int change) {
        int slave = world.slave().index;
        world.network.cutAll(slave, change);
        world.network.cutWitness(slave, change);
    }

    @Test
    void everyStepOfGivingSurvivesTheCrashOfEitherAgent() {
        for (Giving.Phase phase : Giving.Phase.values()) {
            for (Order order : List.of(Order.HANDOVER, Order.FAILBACK)) {
                for (long seed = 1; seed <= 40; seed++) {
                    CrashWhileGiving crash = new CrashWhileGiving(phase, seed);
                    List<Invariant> all = new ArrayList<>(Simulation.invariants());
                    all.add(crash);
                    World world = calm(seed, all);
                    world.time.runUntil(20_000);
                    if (order == Order.FAILBACK) {
                        world.disturbed("", "ORDER: TAKEOVER");
                        world.slave().orders.add(Order.TAKEOVER);
                        world.time.runUntil(24_000);
                    }
                    world.disturbed("", "ORDER: " + order);
                    (order == Order.FAILBACK ? world.slave() : world.master()).orders.add(order);
                    world.time.runUntil(400_000);
                    world.end();
                    assertThat(crash.happened())
                            .as("%s in %s, seed %d", order, phase, seed)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void nodesThatAreCutOnlyFromEachOtherNeverBothServeWhereFencingWorks() {
        for (long seed = 1; seed <= 300; seed++) {
            List<Invariant> invariants = new ArrayList<>(Simulation.invariants());
            invariants.add(new NeverTwoAtAll());
            World world = new World(seed, RuleTable::decide, invariants, Fences.Path.OTHER_NETWORK, true);
            world.calm = true;
            world.time.runUntil(20_000);
            world.disturbed("", "FAULT: cut from each other");
            world.network.cutAll(0, 1);
            world.time.runUntil(20_000 + world.between(5000, 60_000));
            if (world.random.nextBoolean()) {
                Host host = world.hosts[world.random.nextInt(2)];
                world.disturbed(host.role.name(), "FAULT: agent killed");
                host.killAgent();
                host.restartAgent();
            }
            world.time.runUntil(120_000);
            assertThat(world.answering()).as("%s", world.transcript.text()).isEqualTo("slave");
            world.disturbed("", "healed");
            world.network.cutAll(0, -1);
            world.time.runUntil(600_000);
            world.end();
        }
    }

    private static World calm(long seed, List<Invariant> invariants) {
        World world = new World(seed, RuleTable::decide, invariants);
        world.calm = true;
        return world;
    }

    @Test
    void aTakeoverWithoutWitnessIsFound() {
        finds(new IsolationNeverTakesOver(), (state, facts) -> {
            Facts.Times times = facts.times();
            Facts.Times seen = new Facts.Times(
                    facts.limits().silence().dividedBy(6),
                    true,
                    times.sinceStart(),
                    times.sinceBoot(),
                    times.inPhase(),
                    times.sinceStart(),
                    times.thawed());
            return RuleTable.decide(
                    state, new Facts(facts.role(), facts.peer(), facts.own(), seen, facts.order(), facts.limits()));
        });
    }

    @Test
    void aGiverThatStandsDownBeforeItsPeerServesIsFound() {
        finds(new GiverWaits(), (state, facts) -> {
            Decision decision = RuleTable.decide(state, facts);
            return decision.rule().outcome() == Outcome.OFFER
                    ? with(decision, Broken.standingBy(decision.state()))
                    : decision;
        });
    }

    @Test
    void anIsolatedNodeThatKeepsSipOpenIsFound() {
        finds(new NeverTwoForLong(), (state, facts) -> without(Outcome.SHUT, state, facts));
    }

    @Test
    void aSlaveThatNeverTakesOverIsFound() {
        finds(new NeverNoneForLong(), (state, facts) -> without(Outcome.TAKE_OVER, state, facts));
    }

    @Test
    void twoActivesThatDoNotResolveAreFound() {
        finds(new EpochsGrow(), (state, facts) -> without(Outcome.STAND_DOWN, state, facts));
    }

    @Test
    void sipThatStaysClosedIsFound() {
        finds(new EverythingHeals(), (state, facts) -> without(Outcome.UNSHUT, state, facts));
    }

    @Test
    void anImpatientPairIsFound() {
        finds(new NoFlapping(), (state, facts) -> {
            Decision decision = RuleTable.decide(state, facts);
            boolean waited = facts.times().inPhase().toSeconds() >= 5;
            return waited ? with(decision, Broken.swapped(decision.state())) : decision;
        });
    }

    private static Decision without(Outcome outcome, State state, Facts facts) {
        Decision decision = RuleTable.decide(state, facts);
        return decision.rule().outcome() == outcome ? new Decision(state, List.of(), decision.rule()) : decision;
    }

    private static Decision with(Decision decision, State other) {
        return new Decision(other, decision.actions(), decision.rule());
    }

    private static void finds(Invariant invariant, Decider worse) {
        for (long seed = 1; seed <= 300; seed++) {
            String how = Broken.how(seed, worse, invariant);
            if (!how.isEmpty()) {
                assertThat(how).contains(invariant.sentence(), "Repeat it with");
                return;
            }
        }
        fail("no history broke: " + invariant.sentence());
    }
}
