// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Result;
import org.pbxha.lab.Traffic;

/** Two nodes that are cut only from each other both serve. What each wrote is told, and nothing is overwritten unasked. */
@Lab
final class SplitBrainST extends Scenario {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SOUNDS = "/var/lib/xivo/sounds/acd/";
    private static final String HOOK = "/etc/pbx-ha/hooks.d/split-brain/10-keep";
    private static final String HEARD = "/run/pbx-ha/split-brain-heard";
    private static final String REASON = "compared, the slave's change was typed in again";

    @Test
    void whatBothWroteIsToldOnBothNodesAndOverwrittenOnlyWhenAccepted(Pair pair) {
        Node master = pair.master();
        Node slave = pair.slave();
        inCommon(pair);
        pair.nodes().forEach(SplitBrainST::installHook);
        int ofSlave = mark(slave);

        cut(pair);
        assertThat(master.answersSip()).as("both serve").isTrue();
        master.sql("UPDATE userfeatures SET lastname = 'on the master' WHERE id IN (1, 2, 3)");
        slave.sql("UPDATE userfeatures SET lastname = 'on the slave' WHERE id = 4");
        slave.sql("INSERT INTO staticsip (filename, category, var_name, var_val) VALUES ('s', 's', 'only', 'slave')");
        slave.sql("INSERT INTO queue_log (time, event) VALUES ('kept', 'by each node')");
        master.write(SOUNDS + "by the master.wav", "m");
        slave.write(SOUNDS + "by the slave.wav", "s");

        slave.openNetwork();
        await("one stands down")
                .until(() -> ProductPair.of(pair)
                        .status(master)
                        .at("/self/service")
                        .asText()
                        .equals("standby"));
        assertThat(slave.answersSip()).as("the newer epoch stays").isTrue();
        for (Node node : pair.nodes()) {
            await("the report on the " + node.name())
                    .until(() -> report(node).path("master").isObject()
                            && report(node).path("slave").isObject());
            assertTold(node);
        }

        // Telephony comes home although no data does.
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
        assertThat(decisions(slave, ofSlave)).containsSubsequence(330, 430);
        assertStillRefused(pair);
        String before = Tables.replicated(slave);
        for (Node node : pair.nodes()) {
            node.run("systemctl", "restart", "pbx-ha.service");
        }
        ProductPair.of(pair).awaitHealthy();
        assertStillRefused(pair);
        assertThat(Tables.replicated(slave)).isEqualTo(before);

        assertAcceptedOnlyWithAReason(pair);
        assertThat(Tables.replicated(slave)).isEqualTo(Tables.replicated(master));
        assertThat(slave.sql("SELECT lastname FROM userfeatures WHERE id = 1").strip())
                .isEqualTo("on the master");
        assertThat(master.exec(LIMIT, "pbx-ha", "sync").orFail()).startsWith("files copied");
        assertThat(slave.run("ls", SOUNDS)).contains("by the master.wav").doesNotContain("by the slave.wav");
    }

    @Test
    void handoverDoesNotWaitForDataThatMayNotMove(Pair pair) {
        Node master = pair.master();
        inCommon(pair);
        cut(pair);
        pair.slave().sql("UPDATE userfeatures SET lastname = 'kept' WHERE id = 5");
        pair.slave().openNetwork();
        await("the report").until(() -> report(master).path("slave").isObject());
        ProductPair.of(pair).awaitHealthy();

        assertThat(master.exec(LIMIT, "pbx-ha", "handover").orFail()).contains("done: the slave serves");
        ProductPair.of(pair).awaitSip(pair.slave());
        Result early = master.exec(LIMIT, "pbx-ha", "replicate", "--accept-data-loss", "--reason", "too early");
        assertThat(early.exit()).isEqualTo(4);
        assertThat(early.out()).contains("nothing was accepted");
        assertThat(pair.slave().exec(LIMIT, "pbx-ha", "failback").orFail()).contains("done: the master serves");

        ProductPair.of(pair).awaitHealthy();
        assertThat(pair.slave()
                        .sql("SELECT lastname FROM userfeatures WHERE id = 5")
                        .strip())
                .isEqualTo("kept");
        assertThat(report(master).path("meetings")).as("no order is a meeting").hasSize(1);
    }

    @Test
    void changesThatWereOrderedAreNoSplitBrain(Pair pair) {
        Node master = pair.master();
        assertThat(master.exec(LIMIT, "pbx-ha", "handover").orFail()).contains("done: the slave serves");
        assertThat(master.exec(LIMIT, "pbx-ha", "failback").orFail()).contains("done: the master serves");
        ProductPair.of(pair).awaitHealthy();
        pair.slave()
                .exec(LIMIT, "pbx-ha", "takeover", "--force", "--reason", "test")
                .orFail();
        ProductPair.of(pair).awaitHealthy();
        for (Node node : pair.nodes()) {
            assertThat(report(node).isNull()).as(node.name()).isTrue();
        }
        assertThat(master.exec(LIMIT, "pbx-ha", "replicate").orFail()).contains("database replicated");
    }

    private static void inCommon(Pair pair) {
        assertThat(pair.master().exec(LIMIT, "pbx-ha", "replicate").orFail()).contains("database replicated");
        assertThat(pair.master().exec(LIMIT, "pbx-ha", "sync").orFail()).startsWith("files copied");
    }

    private static void assertAcceptedOnlyWithAReason(Pair pair) {
        Node master = pair.master();
        assertThat(master.exec("pbx-ha", "replicate", "--accept-data-loss").exit())
                .isEqualTo(2);
        assertThat(master.exec("pbx-ha", "replicate", "--accept-data-loss", "--reason", " ")
                        .exit())
                .isEqualTo(2);
        assertThat(pair.slave()
                        .exec("pbx-ha", "replicate", "--accept-data-loss", "--reason", REASON)
                        .exit())
                .as("data flows from the master")
                .isEqualTo(4);
        Result accepted = master.exec(LIMIT, "pbx-ha", "replicate", "--accept-data-loss", "--reason", REASON);
        assertThat(accepted.orFail()).contains("accepted on both nodes: " + REASON, "database replicated");
        for (Node node : pair.nodes()) {
            assertThat(node.run("pbx-ha", "history"))
                    .contains("both nodes were active", "data loss accepted by root: " + REASON);
            assertThat(node.run("pbx-ha", "split-brain")).contains("no split brain is open", REASON);
            assertThat(ProductPair.of(pair).status(node).has("splitBrain")).isFalse();
        }
    }

    /** Only from each other: the witness answers both. */
    private static void cut(Pair pair) {
        pair.slave().drop(Traffic.from(pair.master()));
        pair.slave().drop(Traffic.to(pair.master()));
        awaitRow(pair, pair.slave(), 490);
        ProductPair.of(pair).awaitSip(pair.slave());
    }

    private static void installHook(Node node) {
        node.write(HOOK, "#!/bin/sh\ncat >" + HEARD + "\n");
        node.run("chmod", "755", HOOK);
    }

    private static JsonNode report(Node node) {
        return ProductPair.parse(node.run("pbx-ha", "split-brain", "--json"));
    }

    private static void assertTold(Node node) {
        JsonNode report = report(node);
        assertThat(report.path("meetings")).hasSize(1);
        assertThat(report.at("/master/database/written").asLong())
                .as("%s", report)
                .isEqualTo(3);
        assertThat(report.at("/slave/database/tables/0/name").asText())
                .as("%s", report)
                .isIn("userfeatures", "staticsip");
        assertThat(report.at("/slave/database/written").asLong())
                .as("%s", report)
                .isEqualTo(2);
        assertThat(report.at("/slave/database/gone").asLong()).isEqualTo(1);
        assertThat(report.at("/master/files/newest").toString()).contains("by the master.wav");
        assertThat(report.at("/slave/files/newest").toString()).contains("by the slave.wav");
        assertThat(node.run("pbx-ha", "split-brain"))
                .contains("SPLIT BRAIN", "both nodes were active from ", "the slave kept telephony", "userfeatures");
        assertThat(node.run("pbx-ha", "status")).contains("SPLIT BRAIN", "--accept-data-loss");
        await("the hook of the " + node.name())
                .until(() -> node.run("cat", HEARD).contains("\"splitBrain\":{\"meetings\":"));
    }

    /** On either side of either copy, and by whatever way the data would come. */
    private static void assertStillRefused(Pair pair) {
        for (List<String> copy : List.of(List.of("pbx-ha", "replicate"), List.of("pbx-ha", "sync"))) {
            Result refused = pair.master().exec(LIMIT, copy.toArray(String[]::new));
            assertThat(refused.exit()).as("%s", refused).isEqualTo(4);
            assertThat(refused.out())
                    .contains(
                            "both nodes were active from", "`pbx-ha split-brain`", "--accept-data-loss --reason TEXT");
        }
        Result pushed = pair.master()
                .exec(
                        "ssh",
                        "-i",
                        "/var/lib/pbx-ha/ssh/id_ed25519",
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "UserKnownHostsFile=/var/lib/pbx-ha/ssh/known_hosts",
                        "root@" + pair.slave().address(),
                        "rsync",
                        "--server");
        assertThat(pushed.ok()).isFalse();
        assertThat(pushed.err()).contains("both nodes were active");
    }
}
