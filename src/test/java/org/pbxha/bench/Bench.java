// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Suite;
import org.pbxha.product.ProductPair;
import org.pbxha.report.Repository;

/** Measures on one pair, one benchmark after the other. "make bench" runs it; docs/benchmarks.md has the names. */
final class Bench {
    private static final String TAKEOVER = "takeover.poweroff_to_sip_seconds";
    private static final String MEMORY = "agent.rss_mb";
    private static final String PROCESSOR = "agent.idle_cpu_percent";
    private static final String STATUS = "cli.status_ms";

    private static final Duration TAKEOVER_LIMIT = Duration.ofMinutes(1);
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int STATUS_RUNS = 20;

    private final Results results = new Results();

    @Test
    void measures() {
        List<String> names = Stream.of(TAKEOVER, MEMORY, PROCESSOR, STATUS)
                .filter(name -> name.startsWith(System.getProperty("bench.only", "")))
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no benchmark has a name that starts so; see docs/benchmarks.md");
        }
        say("boot two PBXs (" + suite() + ") ...");
        try (Pair pair = Pair.start(suite())) {
            Samples baseline = names.contains(TAKEOVER) ? baseline(pair) : null;
            say("install and pair ...");
            ProductPair product = ProductPair.ready(pair);
            agent(product, names);
            if (baseline != null) {
                results.add(new Measurement(TAKEOVER, "s", takeovers(product), baseline));
            }
        }
        Path file = Repository.TOP.resolve("target/bench/results.json");
        results.write(file);
        say("\n" + results.table() + "\n\nThe same for programs: " + file);
    }

    private static Suite suite() {
        return Suite.valueOf(System.getProperty("lab.suite", "forky").toUpperCase(Locale.ROOT));
    }

    /** On nodes without the product; leaves them as they were. */
    private static Samples baseline(Pair pair) {
        XivoAlgorithm xivo = new XivoAlgorithm(pair);
        int runs = Integer.getInteger("bench.baseline.runs", 2);
        Samples samples = samples("takeover by the XiVO algorithm", "s", runs, run -> xivo.takeover(run, runs));
        pair.slave().run("systemctl", "start", "asterisk.service");
        return samples;
    }

    private static Samples takeovers(ProductPair product) {
        product.set("failback.hold-down", "2s");
        return samples(TAKEOVER, "s", Integer.getInteger("bench.runs", 5), run -> {
            product.awaitHealthy();
            double seconds = Takeover.seconds(product.master(), product.slave(), TAKEOVER_LIMIT);
            product.awaitActive(product.slave());
            product.master().powerOn();
            product.awaitActive(product.master());
            return seconds;
        });
    }

    /** What the agent costs on a pair where nothing happens. */
    private void agent(ProductPair product, List<String> names) {
        List<Node> nodes = product.pair().nodes();
        if (names.contains(MEMORY) || names.contains(PROCESSOR)) {
            say("watch a healthy pair for a minute ...");
            pass(SETTLED);
        }
        if (names.contains(MEMORY)) {
            add(
                    MEMORY,
                    "MB",
                    samples(MEMORY, "MB", nodes.size(), run -> new AgentProcess(nodes.get(run)).residentMegabytes()));
        }
        if (names.contains(PROCESSOR)) {
            add(PROCESSOR, "%", samples(PROCESSOR, "%", nodes.size(), run -> idle(nodes.get(run))));
        }
        if (names.contains(STATUS)) {
            List<Double> times = StatusTimes.on(product.master(), STATUS_RUNS);
            say(STATUS + ": " + times);
            add(STATUS, "ms", new Samples(times));
        }
    }

    private static double idle(Node node) {
        AgentProcess agent = new AgentProcess(node);
        AgentProcess.Usage before = agent.usage();
        pass(IDLE);
        return agent.usage().percentSince(before);
    }

    private void add(String name, String unit, Samples samples) {
        results.add(new Measurement(name, unit, samples, null));
    }

    private static Samples samples(String what, String unit, int runs, IntToDoubleFunction measure) {
        List<Double> values = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            double value = measure.applyAsDouble(run);
            values.add(value);
            say(String.format(Locale.ROOT, "%s, %d of %d: %.2f %s", what, run + 1, runs, value, unit));
        }
        return new Samples(values);
    }

    private static void pass(Duration time) {
        Awaitility.await("time passes")
                .pollDelay(time)
                .atMost(time.plusSeconds(10))
                .until(() -> true);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
