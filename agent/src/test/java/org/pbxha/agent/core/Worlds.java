// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.testing.FactsBuilder;

/**
 * Every combination of states and facts that a rule can tell apart. What no rule of a role and service state asks for keeps
 * one value there: the product stays small enough to be tried whole.
 */
final class Worlds {
    private static final boolean[] BOTH = {false, true};
    /** Long enough for a standby, and not long enough for a frozen peer to be given up. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    /** Long enough for an active node to be alone, and not long enough to be silence. */
    private static final Duration FAINT = Duration.ofSeconds(2);

    private final BiConsumer<State, Facts> test;
    private int count;

    private Worlds(BiConsumer<State, Facts> test) {
        this.test = test;
    }

    /** Calls back with each state and facts; returns how many there were. */
    static int each(BiConsumer<State, Facts> test) {
        Worlds worlds = new Worlds(test);
        worlds.standby(Role.MASTER);
        worlds.standby(Role.SLAVE);
        worlds.active(Role.MASTER);
        worlds.active(Role.SLAVE);
        worlds.giving(Role.MASTER);
        worlds.giving(Role.SLAVE);
        worlds.steps();
        return worlds.count;
    }

    static PeerWord says(ServiceState service, long epoch) {
        return new PeerWord(service, epoch, true, service == ServiceState.ACTIVE, true);
    }

    private void visit(State state, FactsBuilder facts) {
        test.accept(state, facts.facts());
        count++;
    }

    private void standby(Role role) {
        List<State> states = new ArrayList<>();
        for (boolean unable : BOTH) {
            for (Mode mode : role == Role.SLAVE ? Mode.values() : new Mode[] {Mode.AUTOMATIC}) {
                for (ServiceState before : ServiceState.values()) {
                    Standing standing = new Standing(mode, false, unable, false, 1);
                    states.add(new State(ServiceState.STANDBY, 5, true, before).with(standing));
                }
            }
        }
        silences(role, SILENT, facts -> {
            for (boolean waited : BOTH) {
                facts.sinceStart = waited ? FactsBuilder.LONG : FactsBuilder.RECENT;
                facts.sinceBoot = facts.sinceStart;
                facts.peerHeard = waited;
                for (Veto veto : role == Role.SLAVE ? Veto.values() : new Veto[] {Veto.ALLOWED}) {
                    facts.veto = veto;
                    for (Order order : new Order[] {null, Order.TAKEOVER}) {
                        facts.order = order;
                        facts.inTouch = FactsBuilder.LONG;
                        facts.paused = false;
                        states.forEach(state -> visit(state, facts));
                        facts.paused = true;
                        states.forEach(state -> visit(state, facts));
                        facts.paused = false;
                        facts.inTouch = FactsBuilder.RECENT;
                        states.forEach(state -> visit(state, facts));
                    }
                    facts.order = null;
                    facts.inTouch = FactsBuilder.LONG;
                }
                fencing(role, facts, states);
            }
        });
    }

    /** Hooks allow the takeover by now; what holds it back otherwise is combined with every state of fencing. */
    private void fencing(Role role, FactsBuilder facts, List<State> states) {
        facts.veto = Veto.ALLOWED;
        Set<Fencing.Phase> configured = EnumSet.complementOf(EnumSet.of(Fencing.Phase.OFF));
        for (Fencing.Phase phase : role == Role.SLAVE ? configured : Set.<Fencing.Phase>of()) {
            for (boolean required : BOTH) {
                facts.fencing = phase;
                facts.limits = required ? FactsBuilder.fenceRequired() : FactsBuilder.LIMITS;
                states.forEach(state -> visit(state, facts));
                facts.paused = true;
                states.forEach(state -> visit(state, facts));
                facts.paused = false;
                facts.inTouch = FactsBuilder.RECENT;
                states.forEach(state -> visit(state, facts));
                facts.inTouch = FactsBuilder.LONG;
            }
        }
        facts.fencing = Fencing.Phase.OFF;
        facts.limits = FactsBuilder.LIMITS;
        facts.fenced = true;
        states.forEach(state -> visit(state, facts));
        facts.fenced = false;
        if (role == Role.MASTER) {
            fenced(facts, states);
        }
    }

    /** A master that remembers that it was fenced. */
    private void fenced(FactsBuilder facts, List<State> states) {
        for (int bits = 0; bits < 16; bits++) {
            facts.paused = (bits & 1) != 0;
            facts.inTouch = (bits & 2) != 0 ? FactsBuilder.RECENT : FactsBuilder.LONG;
            facts.inPhase = (bits & 4) != 0 ? FactsBuilder.RECENT : FactsBuilder.LONG;
            facts.order = (bits & 8) != 0 ? Order.TAKEOVER : null;
            // How it went down does not matter any more.
            visit(states.get(0).with(states.get(0).standing().withFenced(true)), facts);
        }
        facts.paused = false;
        facts.inTouch = FactsBuilder.LONG;
        facts.inPhase = FactsBuilder.LONG;
        facts.order = null;
    }

    private void active(Role role) {
        List<State> states = new ArrayList<>();
        for (boolean shut : BOTH) {
            for (boolean pinned : BOTH) {
                for (Mode mode : Mode.values()) {
                    states.add(new State(ServiceState.ACTIVE, 5, true, ServiceState.ACTIVE)
                            .with(new Standing(mode, pinned, false, false, 2))
                            .withShut(shut));
                }
            }
        }
        silences(role, FAINT, facts -> {
            for (int bits = 0; bits < 32; bits++) {
                facts.paused = (bits & 1) != 0;
                facts.thawed = (bits & 2) != 0;
                facts.inPhase = (bits & 4) != 0 ? FactsBuilder.LONG : FactsBuilder.RECENT;
                facts.inTouch = (bits & 8) != 0 ? FactsBuilder.LONG : Duration.ZERO;
                facts.witnessHeard = (bits & 16) != 0;
                states.forEach(state -> visit(state, facts));
            }
            ordinary(facts);
            for (Order order : Order.values()) {
                facts.order = order;
                states.forEach(state -> visit(state, facts));
            }
            facts.order = null;
            for (Health health : Health.values()) {
                for (Repair repair : Repair.values()) {
                    facts.asterisk = health;
                    facts.repair = repair;
                    states.forEach(state -> visit(state, facts));
                }
            }
            ordinary(facts);
            for (Limits.Policy policy : Limits.Policy.values()) {
                for (boolean keepServing : BOTH) {
                    facts.limits = FactsBuilder.limits(policy, keepServing);
                    states.forEach(state -> visit(state, facts));
                }
            }
            facts.limits = FactsBuilder.LIMITS;
            facts.fenced = true;
            states.forEach(state -> visit(state, facts));
            facts.fenced = false;
        });
    }

    private static void ordinary(FactsBuilder facts) {
        facts.paused = false;
        facts.thawed = false;
        facts.inPhase = FactsBuilder.LONG;
        facts.inTouch = FactsBuilder.LONG;
        facts.witnessHeard = true;
        facts.asterisk = Health.SERVING;
        facts.repair = Repair.IDLE;
    }

    private void giving(Role role) {
        List<State> states = new ArrayList<>();
        for (Giving.Phase phase : Giving.Phase.values()) {
            for (boolean cut : BOTH) {
                for (boolean shut : BOTH) {
                    states.add(new State(ServiceState.ACTIVE, 5, true, ServiceState.ACTIVE)
                            .with(new Giving(phase, cut))
                            .withShut(shut));
                }
            }
        }
        silences(role, FAINT, facts -> {
            for (Work work : Work.values()) {
                facts.work = work;
                for (int bits = 0; bits < 8; bits++) {
                    facts.calls = bits & 1;
                    facts.sipClosed = (bits & 2) != 0;
                    facts.inPhase = (bits & 4) != 0 ? FactsBuilder.LONG : FactsBuilder.RECENT;
                    facts.order = bits == 1 ? Order.FAILBACK_CUTTING_CALLS : null;
                    states.forEach(state -> visit(state, facts));
                }
            }
        });
    }

    /** The run of the profile's steps matters to no rule but to what follows from every one. */
    private void steps() {
        for (Role role : List.of(Role.MASTER, Role.SLAVE)) {
            for (ServiceState service : ServiceState.values()) {
                for (boolean done : BOTH) {
                    for (ServiceState towards : ServiceState.values()) {
                        for (StepsProgress.Phase phase : StepsProgress.Phase.values()) {
                            FactsBuilder facts = new FactsBuilder(role, says(ServiceState.STANDBY, 5));
                            facts.steps = new StepsProgress(towards, phase);
                            visit(new State(service, 5, done, service), facts);
                        }
                    }
                }
            }
        }
    }

    private static void silences(Role role, Duration middle, Consumer<FactsBuilder> test) {
        Duration[] silences = {FactsBuilder.RECENT, middle, FactsBuilder.LONG};
        for (PeerWord word : words()) {
            for (Duration icmp : silences) {
                for (Duration sip : silences) {
                    for (Duration link : silences) {
                        for (Duration witness : silences) {
                            FactsBuilder facts = new FactsBuilder(role, word);
                            facts.icmp = icmp;
                            facts.sip = sip;
                            facts.link = link;
                            facts.witness = witness;
                            facts.peerHealthy = link.equals(FactsBuilder.RECENT) ? FactsBuilder.LONG : Duration.ZERO;
                            test.accept(facts);
                            if (sip.equals(FactsBuilder.RECENT)) {
                                facts.sipHeard = false;
                                test.accept(facts);
                            }
                        }
                    }
                }
            }
        }
    }

    private static List<@Nullable PeerWord> words() {
        List<@Nullable PeerWord> words = new ArrayList<>();
        words.add(null);
        for (ServiceState service : ServiceState.values()) {
            for (long epoch : new long[] {4, 5, 6}) {
                words.add(new PeerWord(service, epoch, true, true, true));
                words.add(new PeerWord(service, epoch, false, false, true));
                words.add(new PeerWord(service, epoch, true, false, false));
            }
            for (PeerWord.Plea plea : PeerWord.Plea.values()) {
                words.add(new PeerWord(service, 4, true, false, true, plea));
                words.add(new PeerWord(service, 5, true, false, true, plea));
            }
        }
        return words;
    }
}
