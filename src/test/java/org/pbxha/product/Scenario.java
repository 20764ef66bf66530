// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/**
 * A scenario begins with a healthy pair: the master serves, the slave stands by. Whatever the one before it did to the
 * pair, waiting for that shows that the pair comes home by itself.
 */
abstract class Scenario {
    /** Short, so that a hand-back is soon over; long enough to be seen. */
    static final Duration HOLD_DOWN = Duration.ofSeconds(2);

    /** Slow machines give -Dtime.factor=3. */
    private static final int TIME_FACTOR = Integer.getInteger("time.factor", 1);

    @BeforeAll
    static void installAndPair(Pair pair) {
        ProductPair product = ProductPair.ready(pair);
        product.set("failback.hold-down", HOLD_DOWN.toSeconds() + "s");
    }

    @BeforeEach
    void pairIsHealthy(Pair pair) {
        ProductPair.of(pair).awaitHealthy();
        ProductPair.of(pair).acceptDataLoss();
    }

    /** The one place for patience: a minute, longer than anything that happens here takes by itself. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofMinutes(TIME_FACTOR))
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions();
    }

    static int row(Pair pair, Node node) {
        return ProductPair.of(pair).status(node).path("row").asInt();
    }

    static long epoch(Pair pair, Node node) {
        return ProductPair.of(pair).status(node).path("self").path("epoch").asLong();
    }

    static void awaitRow(Pair pair, Node node, int row) {
        await(node.name() + " is at row " + row).until(() -> row(pair, node) == row);
    }

    /** The rows of the decisions that a node made after a mark, oldest first. */
    static List<Integer> decisions(Node node, int mark) {
        return journal(node)
                .skip(mark)
                .filter(line -> line.contains("\"decision\""))
                .map(line -> Integer.valueOf(line.replaceAll(".*\"row\":(\\d+).*", "$1")))
                .toList();
    }

    /** How long the node's journal of decisions is by now. */
    static int mark(Node node) {
        return (int) journal(node).count();
    }

    private static Stream<String> journal(Node node) {
        return node.run("cat", "/var/lib/pbx-ha/journal.jsonl").lines();
    }

    /** What the gate said on a node since it booted. */
    static String gateLines(Node node) {
        return node.run("journalctl", "--no-pager", "--boot", "--output=cat", "--grep", "pbx-ha gate");
    }

    static String pid(Node node, String unit) {
        return node.run("systemctl", "show", "--property=MainPID", "--value", unit);
    }

    /** The master serves and the slave does not, which is to be so at this very moment. */
    static void assertMasterServes(Pair pair) {
        assertThat(pair.master().isActive("asterisk.service")).isTrue();
        assertThat(pair.slave().isActive("asterisk.service")).isFalse();
        assertThat(ProductPair.of(pair)
                        .status(pair.master())
                        .at("/self/service")
                        .asText())
                .isEqualTo("active");
        assertThat(ProductPair.of(pair).status(pair.slave()).at("/self/service").asText())
                .isEqualTo("standby");
    }
}
