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
    private static final String KEEPALIVED = "takeover.keepalived_baseline_seconds";
    private static final String HANG = "hang.recovered_seconds";
    private static final String HANDOVER = "handover.gap_seconds";
    private static final String LOSS = "loss30.takeovers";
    private static final String CYCLE = "cycle.cpu_ms";
    private static final String MEMORY = "agent.rss_mb";
    private static final String PROCESSOR = "agent.idle_cpu_percent";
    private static final String STATUS = "cli.status_ms";

    private static final Path TARGET = Repository.TOP.resolve("target/bench");
    private static final Duration TAKEOVER_LIMIT = Duration.ofMinutes(1);
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final Duration COMPILED = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration LOSSY = Duration.ofMinutes(10);
    private static final Duration ASK = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int STATUS_RUNS = 20;
    private static final int FEW_RUNS = 3;

    private final Results results = new Results();

    @Test
    void measures() {
        List<String> names = Stream.concat(
                        Stream.of(
                                TAKEOVER,
                                KEEPALIVED,
                                HANG,
                                HANDOVER,
                                LOSS,
                                CYCLE,
                                MEMORY,
                                PROCESSOR,
                                STATUS,
                                EventsBench.LAG),
                        ReplicationBench.NAMES.stream())
                .filter(name -> name.startsWith(System.getProperty("bench.only", "")))
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no benchmark has a name that starts so; see docs/benchmarks.md");
        }
        say("boot two PBXs ...");
        try (Pair pair = Pair.start(suite())) {
            measure(pair, names);
        }
        Path file = TARGET.resolve("results.json");
        results.write(file);
        say("\n" + results.table() + "\n\nThe same for programs: " + file);
    }

    private void measure(Pair pair, List<String> names) {
        try {
            boolean takeovers = names.contains(TAKEOVER) || names.contains(KEEPALIVED);
            Samples xivo = takeovers ? xivo(pair) : null;
            Samples keepalived = takeovers ? keepalived(pair) : null;
            say("install and pair ...");
            ProductPair product = ProductPair.ready(pair);
            agent(product, names);
            if (names.contains(LOSS)) {
                add(LOSS, "", samples(LOSS, "", 1, run -> lossy(product)));
            }
            product.set("failback.hold-down", "2s");
            if (names.contains(HANG)) {
                add(HANG, "s", samples(HANG, "s", FEW_RUNS, run -> hang(product)));
            }
            if (names.contains(HANDOVER)) {
                add(HANDOVER, "s", samples(HANDOVER, "s", 2 * FEW_RUNS, run -> handover(product, run)));
            }
            if (xivo != null && keepalived != null) {
                Samples own = takeovers(product);
                results.add(new Measurement(TAKEOVER, "s", own, xivo));
                results.add(new Measurement(KEEPALIVED, "s", keepalived, own));
            }
            if (names.stream().anyMatch(ReplicationBench.NAMES::contains)) {
                product.awaitHealthy();
                new ReplicationBench(product, names, results).measure();
            }
            if (names.contains(EventsBench.LAG)) {
                product.awaitHealthy();
                new EventsBench(product).measure(results);
            }
        } catch (RuntimeException | AssertionError e) {
            pair.leaveEvidence(TARGET);
            throw e;
        }
    }

    private static Suite suite() {
        return Suite.valueOf(System.getProperty("lab.suite", "forky").toUpperCase(Locale.ROOT));
    }

    /** On nodes without the product; leaves them as they were. */
    private static Samples xivo(Pair pair) {
        say("measure the XiVO algorithm, which takes minutes ...");
        XivoAlgorithm xivo = new XivoAlgorithm(pair);
        int runs = Integer.getInteger("bench.baseline.runs", 2);
        Samples samples = samples("takeover by the XiVO algorithm", "s", runs, run -> xivo.takeover(run, runs));
        pair.slave().run("systemctl", "start", "asterisk.service");
        return samples;
    }

    /** The same with keepalived. */
    private static Samples keepalived(Pair pair) {
        Keepalived keepalived = new Keepalived(pair);
        Samples samples = samples(KEEPALIVED, "s", FEW_RUNS, run -> keepalived.takeover());
        keepalived.remove();
        pair.slave().run("systemctl", "start", "asterisk.service");
        return samples;
    }

    /** From the moment in which the master's Asterisk hangs until one of the nodes serves. */
    private static double hang(ProductPair product) {
        product.awaitHealthy();
        long start = System.nanoTime();
        product.master().hangAsterisk();
        Awaitility.await("SIP is served again")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(ASK)
                .until(() -> product.pair().nodes().stream().anyMatch(node -> node.answersSip(ASK)));
        double seconds = (System.nanoTime() - start) / 1e9;
        // An agent that starts anew has forgotten how often it has repaired Asterisk.
        product.master().run("systemctl", "restart", "pbx-ha.service");
        return seconds;
    }

    /** The slave gets telephony, then the master gets it back; each way is a run. */
    private static double handover(ProductPair product, int run) {
        boolean there = run % 2 == 0;
        if (there) {
            product.awaitHealthy();
        }
        try (Unserved unserved = new Unserved(product.pair().nodes())) {
            product.master()
                    .exec(LIMIT, "pbx-ha", there ? "handover" : "failback")
                    .orFail();
            return unserved.longestSeconds();
        }
    }

    /** How often something moves while both nodes lose three packets of ten, each way, for ten minutes. */
    private static double lossy(ProductPair product) {
        List<Node> nodes = product.pair().nodes();
        say("lose packets for ten minutes ...");
        Moves moves = new Moves(nodes);
        product.slave().losePackets(0.3);
        pass(LOSSY);
        product.slave().openNetwork();
        product.awaitHealthy();
        return moves.since();
    }

    private static Samples takeovers(ProductPair product) {
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
        if (names.stream().anyMatch(List.of(MEMORY, PROCESSOR, CYCLE)::contains)) {
            say("watch a healthy pair for a minute ...");
            pass(SETTLED);
        }
        if (names.contains(MEMORY)) {
            add(
                    MEMORY,
                    "MB",
                    samples(MEMORY, "MB", nodes.size(), run -> new AgentProcess(nodes.get(run)).residentMegabytes()));
        }
        if (names.contains(PROCESSOR) || names.contains(CYCLE)) {
            say("let the virtual machine compile for some minutes more what runs all the time ...");
            pass(COMPILED);
        }
        if (names.contains(PROCESSOR)) {
            add(PROCESSOR, "%", samples(PROCESSOR, "%", nodes.size(), run -> idle(nodes.get(run))));
        }
        if (names.contains(CYCLE)) {
            add(CYCLE, "ms", samples(CYCLE, "ms", nodes.size(), run -> cycle(nodes.get(run))));
        }
        if (names.contains(STATUS)) {
            List<Double> times = StatusTimes.on(product.master(), STATUS_RUNS);
            say(STATUS + ": " + times);
            add(STATUS, "ms", new Samples(times));
        }
    }

    private static double cycle(Node node) {
        CycleTimes cycle = new CycleTimes(node);
        CycleTimes.Reading before = cycle.read();
        pass(IDLE);
        return cycle.read().millisPerTurnSince(before);
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

    static Samples samples(String what, String unit, int runs, IntToDoubleFunction measure) {
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
