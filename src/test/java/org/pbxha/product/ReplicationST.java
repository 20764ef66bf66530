// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Result;

/** What administrators see of replication: that little is sent, that it is checked, and that there is a way back. */
@Lab
final class ReplicationST extends Scenario {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int KILLS = 6;

    @BeforeEach
    void bothAreEqual(Pair pair) {
        assertThat(replicate(pair).ok()).isTrue();
    }

    @Test
    void onlyWhatHasChangedIsSent(Pair pair) {
        assertThat(replicate(pair).out()).contains(": 0 of ");

        label(pair.master(), "changed");
        Result changed = replicate(pair);

        assertThat(changed.out()).contains(": 2 of ").contains("userfeatures");
        assertThat(labels(pair.slave())).containsExactly("changed");
    }

    @Test
    void whatSomebodyChangedOnTheSlaveIsFoundAndPutRight(Pair pair) {
        pair.expectError("DIFFERENT|databases compared");
        label(pair.slave(), "by hand");

        Result compared = pair.master().exec(LIMIT, "pbx-ha", "replicate", "--verify");
        assertThat(compared.exit()).isEqualTo(1);
        assertThat(compared.out()).contains("userfeatures: DIFFERENT on the slave");

        assertThat(replicate(pair).ok()).isTrue();
        assertThat(pair.master().exec(LIMIT, "pbx-ha", "replicate", "--verify").orFail())
                .contains("0 tables differ");
    }

    @Test
    void theSlaveCanGoBackAndStaysThereUntilSomebodyReplicates(Pair pair) {
        label(pair.master(), "before");
        replicate(pair);
        label(pair.master(), "a mistake");
        replicate(pair);

        assertThat(pair.slave().exec(LIMIT, "pbx-ha", "replicate", "--rollback").orFail())
                .contains("rolled back to the database of");
        assertThat(labels(pair.slave())).containsExactly("before");
        assertThat(pair.slave().run("ls", "/var/lib/pbx-ha")).contains("replication-held");

        label(pair.master(), "mended");
        assertThat(replicate(pair).ok()).isTrue();
        assertThat(labels(pair.slave())).containsExactly("mended");
        assertThat(pair.slave().run("ls", "/var/lib/pbx-ha")).doesNotContain("replication-held");
    }

    @Test
    void eitherNodeShowsWhatHappensToEachTable(Pair pair) {
        for (Node node : pair.nodes()) {
            assertThat(node.run("pbx-ha", "replicate", "--plan"))
                    .as(node.name())
                    .containsPattern("userfeatures +replicated ")
                    .containsPattern("queue_log +left alone +queue-log ");
        }
    }

    @Test
    void killedAgentsAndDatabasesLeaveOneWholeGeneration(Pair pair) {
        pair.expectError(".");
        Random random = new Random(4);
        for (int kill = 1; kill <= KILLS; kill++) {
            label(pair.master(), "kill " + kill);
            Node victim = random.nextBoolean() ? pair.master() : pair.slave();
            pair.master().run("systemd-run", "--collect", "--unit=replicate", "pbx-ha", "replicate");
            victim.run("sleep", Double.toString(random.nextInt(1000) / 1000.0));
            if (kill % 3 == 0) {
                victim.killDatabase();
                victim.startDatabase();
            } else {
                victim.killAgent();
            }
            await("an agent").until(() -> row(pair, pair.master()) > 0 && row(pair, pair.slave()) > 0);
            assertThat(labels(pair.slave())).as("kill %d", kill).hasSize(1);
        }
        ProductPair.of(pair).awaitHealthy();
        await("a replication").until(() -> replicate(pair).ok());
        assertThat(labels(pair.slave())).containsExactly("kill " + KILLS);
    }

    private static Result replicate(Pair pair) {
        return pair.master().exec(LIMIT, "pbx-ha", "replicate");
    }

    /** Puts a text into every row of two tables, so that half a generation shows. */
    private static void label(Node node, String text) {
        node.sql("BEGIN; UPDATE userfeatures SET description = '" + text + "'; UPDATE general SET timezone = '" + text
                + "'; COMMIT");
    }

    private static List<String> labels(Node node) {
        return node.sql("SELECT description FROM userfeatures UNION SELECT timezone FROM general")
                .lines()
                .toList();
    }
}
