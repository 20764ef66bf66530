// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/** Nodes that lose sight of each other, stand still, or go in good order: at most one serves. */
@Lab
final class IsolationST extends Scenario {
    @Test
    void masterWhoseCableIsCutClosesSipAndStandsDownWhenItIsBack(Pair pair) {
        Node master = pair.master();
        int ofMaster = mark(master);
        master.isolate();
        await("SIP to be closed").until(() -> decisions(master, ofMaster).contains(42));
        assertThat(master.isActive("asterisk.service")).as("calls go on").isTrue();
        awaitRow(pair, pair.slave(), 490);

        master.openNetwork();
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
        assertThat(decisions(master, ofMaster)).containsSubsequence(42, 210, 105, 290);
        assertThat(firewall(master)).isEmpty();
    }

    @Test
    void shortCutOnlyClosesSipForAMoment(Pair pair) {
        Node master = pair.master();
        int ofMaster = mark(master);
        pair.slave().run("systemctl", "stop", "pbx-ha.service");
        try {
            pair.slave().isolate();
            master.isolate();
            await("SIP to be closed").until(() -> decisions(master, ofMaster).contains(42));
            master.openNetwork();
            ProductPair.of(pair).awaitSip(master);
            assertThat(decisions(master, ofMaster)).containsAnyOf(24, 28).doesNotContain(20, 210);
        } finally {
            pair.slave().openNetwork();
            pair.slave().run("systemctl", "start", "pbx-ha.service");
        }
    }

    @Test
    void frozenMasterIsReplacedAfterAWhileAndKeepsQuietWhenItThaws(Pair pair) {
        Node master = pair.master();
        int ofMaster = mark(master);
        int ofSlave = mark(pair.slave());
        // On a slow machine it is frozen for so long that systemd restarts the agent when it thaws.
        pair.expectError("Watchdog timeout");
        master.freeze();
        try {
            awaitRow(pair, pair.slave(), 490);
        } finally {
            master.thaw();
        }
        assertThat(decisions(pair.slave(), ofSlave))
                .containsSubsequence(345, 340)
                .doesNotContain(330);
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
        assertThat(decisions(master, ofMaster)).contains(210);
    }

    @Test
    void hostThatShutsDownHandsOverAtOnce(Pair pair) {
        Node slave = pair.slave();
        int ofSlave = mark(slave);
        pair.master().shutDown();
        ProductPair.of(pair).awaitSip(slave);
        assertThat(decisions(slave, ofSlave)).contains(360).doesNotContain(330);
        pair.master().powerOn();
        ProductPair.of(pair).awaitHealthy();
    }

    @Test
    void lostWitnessAloneMovesNothing(Pair pair) {
        List<Integer> marks = pair.nodes().stream().map(Scenario::mark).toList();
        for (Node node : pair.nodes()) {
            node.run("iptables", "-I", "INPUT", "-s", pair.witness(), "-j", "DROP");
        }
        try {
            await("the witness to be missed")
                    .until(() -> ProductPair.of(pair)
                                    .status(pair.slave())
                                    .at("/silence/witness")
                                    .asLong()
                            > 5000);
            assertMasterServes(pair);
        } finally {
            for (Node node : pair.nodes()) {
                node.run("iptables", "-D", "INPUT", "-s", pair.witness(), "-j", "DROP");
            }
        }
        for (int i = 0; i < 2; i++) {
            assertThat(decisions(pair.nodes().get(i), marks.get(i))).doesNotContain(330, 42);
        }
    }

    @Test
    void thirtyPercentLossMovesNothing(Pair pair) {
        int ofMaster = mark(pair.master());
        int ofSlave = mark(pair.slave());
        pair.master().losePackets(0.3);
        try {
            org.awaitility.Awaitility.await("nothing moves")
                    .pollInterval(Duration.ofSeconds(5))
                    .during(Duration.ofMinutes(Integer.getInteger("loss.minutes", 1)))
                    .atMost(Duration.ofMinutes(Integer.getInteger("loss.minutes", 1) + 1L))
                    .until(() -> pair.master().isActive("asterisk.service")
                            && !pair.slave().isActive("asterisk.service"));
            assertThat(decisions(pair.master(), ofMaster)).doesNotContain(42, 210);
            assertThat(decisions(pair.slave(), ofSlave)).doesNotContain(330, 340);
        } finally {
            pair.master().openNetwork();
        }
    }

    /** The rules of pbx-ha that are left, whichever program made them. */
    private static String firewall(Node node) {
        return node.exec("sh", "-c", "nft list table inet pbx_ha 2>/dev/null; iptables -S 2>/dev/null | grep PBX_HA")
                .out();
    }
}
