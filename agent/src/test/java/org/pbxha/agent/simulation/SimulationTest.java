// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 600);

    @Test
    void noHistoryBreaksAnInvariant() {
        Long one = Long.getLong("simulation.seed");
        long first = one == null ? 1 : one;
        long last = one == null ? SEEDS : one;
        boolean survey = Boolean.getBoolean("simulation.survey");
        Map<String, String> found = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        long begin = System.nanoTime();
        long cycles = 0;
        long two = 0;
        long none = 0;
        for (long seed = first; seed <= last; seed++) {
            try {
                Tally tally = Simulation.run(seed);
                cycles += tally.cycles;
                two = Math.max(two, tally.longestTwo);
                none = Math.max(none, tally.longestNone);
            } catch (AssertionError e) {
                if (!survey) {
                    throw e;
                }
                String key = String.valueOf(e.getMessage())
                        .lines()
                        .limit(2)
                        .reduce("", (a, b) -> a + b)
                        .replaceAll("at \\d+ ms with seed \\d+", "");
                found.putIfAbsent(key, String.valueOf(e.getMessage()));
                counts.merge(key, 1, Integer::sum);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "simulation: %d histories, %d cycles in %.1f s; longest two %d ms, longest none %d ms%n",
                last - first + 1, cycles, seconds, two, none);
        found.values().forEach(System.out::println);
        counts.forEach((key, count) -> System.out.println(count + " x " + key));
        assertThat(cycles).isGreaterThan(0);
        assertThat(found).isEmpty();
    }
}
