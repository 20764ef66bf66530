// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Every combination of facts that a rule can tell apart. */
final class Worlds {
    static final Limits LIMITS =
            new Limits(Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(120));

    private static final Duration RECENT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final List<Duration> SHORT_OR_LONG = List.of(RECENT, LONG);
    private static final boolean[] BOTH = {false, true};

    private Worlds() {}

    /** Facts in which all is well: everything answers, the peer has said {@code word}. */
    static Facts healthy(Role role, @Nullable PeerWord word) {
        return new Facts(
                role, RECENT, RECENT, RECENT, RECENT, true, LONG, word, LONG, LONG, StepsProgress.idle(), LIMITS);
    }

    /** Facts in which nothing of the peer answers. */
    static Facts peerSilent(Role role, boolean witnessAnswers) {
        return new Facts(
                role,
                LONG,
                LONG,
                LONG,
                witnessAnswers ? RECENT : LONG,
                true,
                Duration.ZERO,
                null,
                LONG,
                LONG,
                StepsProgress.idle(),
                LIMITS);
    }

    static PeerWord says(ServiceState service, long epoch) {
        return new PeerWord(service, epoch, true, service == ServiceState.ACTIVE, true);
    }

    /** Calls back with each state and facts; returns how many there were. */
    static int each(BiConsumer<State, Facts> test) {
        List<State> states = states();
        int count = 0;
        for (Facts facts : facts()) {
            for (State state : states) {
                test.accept(state, facts);
                count++;
            }
        }
        return count;
    }

    private static List<State> states() {
        List<State> states = new ArrayList<>();
        for (ServiceState service : ServiceState.values()) {
            for (ServiceState before : ServiceState.values()) {
                for (boolean done : BOTH) {
                    states.add(new State(service, 5, done, before));
                }
            }
        }
        return states;
    }

    private static List<Facts> facts() {
        List<Facts> all = new ArrayList<>();
        for (Role role : List.of(Role.MASTER, Role.SLAVE)) {
            for (PeerWord word : words()) {
                for (int bits = 0; bits < 256; bits++) {
                    for (StepsProgress steps : steps()) {
                        all.add(facts(role, word, bits, steps));
                    }
                }
            }
        }
        return all;
    }

    private static Facts facts(Role role, @Nullable PeerWord word, int bits, StepsProgress steps) {
        return new Facts(
                role,
                time(bits, 0),
                time(bits, 1),
                time(bits, 2),
                time(bits, 3),
                (bits & 16) != 0,
                time(bits, 5),
                word,
                time(bits, 6),
                time(bits, 7),
                steps,
                LIMITS);
    }

    private static Duration time(int bits, int bit) {
        return SHORT_OR_LONG.get((bits >> bit) & 1);
    }

    private static List<@Nullable PeerWord> words() {
        List<@Nullable PeerWord> words = new ArrayList<>();
        words.add(null);
        for (ServiceState service : ServiceState.values()) {
            for (long epoch : new long[] {4, 5, 6}) {
                for (boolean settled : BOTH) {
                    for (boolean serving : BOTH) {
                        words.add(new PeerWord(service, epoch, settled, serving, true));
                    }
                }
            }
        }
        return words;
    }

    private static List<StepsProgress> steps() {
        return Arrays.stream(ServiceState.values())
                .flatMap(towards ->
                        Arrays.stream(StepsProgress.Phase.values()).map(phase -> new StepsProgress(towards, phase)))
                .toList();
    }
}
