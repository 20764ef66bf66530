// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Traffic;

/** What moves telephony, and above all what does not. */
@Lab
final class FaultsST extends Scenario {
    private static final String ASTERISK = "asterisk.service";
    private static final String AGENT = "pbx-ha.service";

    @Test
    void slaveThatIsCutOffFromEverythingStandsBy(Pair pair) {
        int mark = mark(pair.slave());
        pair.slave().isolate();
        awaitRow(pair, pair.slave(), 310);
        assertMasterServes(pair);
        pair.slave().openNetwork();
        ProductPair.of(pair).awaitHealthy();
        assertThat(decisions(pair.slave(), mark)).doesNotContain(330);
    }

    @Test
    void killedAgentComesBackIntoTheSameServiceState(Pair pair) {
        for (Node node : pair.nodes()) {
            String asterisk = pid(node, ASTERISK);
            String agent = pid(node, AGENT);
            long epoch = epoch(pair, node);
            int mark = mark(pair.slave());
            node.killAgent();
            await("another agent")
                    .until(() -> node.isActive(AGENT) && !pid(node, AGENT).equals(agent));
            ProductPair.of(pair).awaitHealthy();
            assertThat(pid(node, ASTERISK)).isEqualTo(asterisk);
            assertThat(epoch(pair, node)).isEqualTo(epoch);
            assertThat(decisions(pair.slave(), mark)).doesNotContain(330);
        }
    }

    @Test
    void mastersStoppedAgentIsAnAlarmAndNoTakeover(Pair pair) {
        String asterisk = pid(pair.master(), ASTERISK);
        pair.master().run("systemctl", "stop", AGENT);
        awaitRow(pair, pair.slave(), 350);
        assertThat(ProductPair.of(pair).status(pair.slave()).path("alarm").asBoolean())
                .isTrue();
        assertThat(pair.slave().isActive(ASTERISK)).isFalse();
        assertThat(pid(pair.master(), ASTERISK)).isEqualTo(asterisk);
        pair.master().run("systemctl", "start", AGENT);
        ProductPair.of(pair).awaitHealthy();
        assertThat(pid(pair.master(), ASTERISK)).isEqualTo(asterisk);
    }

    @Test
    void activeSlavesAgentMayBeKilledOrRestartedAndItServesOn(Pair pair) {
        Node slave = pair.slave();
        pair.master().powerOff();
        awaitRow(pair, slave, 490);
        await("start steps")
                .until(() -> ProductPair.of(pair)
                        .status(slave)
                        .path("steps")
                        .asText()
                        .equals("done"));
        String asterisk = pid(slave, ASTERISK);
        long epoch = epoch(pair, slave);

        String agent = pid(slave, AGENT);
        slave.killAgent();
        await("another agent")
                .until(() -> slave.isActive(AGENT) && !pid(slave, AGENT).equals(agent));
        slave.run("systemctl", "restart", AGENT);

        awaitRow(pair, slave, 490);
        assertThat(pid(slave, ASTERISK)).isEqualTo(asterisk);
        assertThat(epoch(pair, slave)).isEqualTo(epoch);
    }

    @Test
    void restartOfBothAgentsMovesNothing(Pair pair) {
        List<String> before = services(pair);
        pair.nodes().parallelStream().forEach(node -> node.run("systemctl", "restart", AGENT));
        ProductPair.of(pair).awaitHealthy();
        assertThat(services(pair)).isEqualTo(before);
    }

    @Test
    void nodesCutFromEachOtherBothServeUntilTheyMeetAndTheNewerStays(Pair pair) {
        int ofMaster = mark(pair.master());
        int ofSlave = mark(pair.slave());
        long epoch = epoch(pair, pair.slave());
        pair.slave().drop(Traffic.from(pair.master()));
        pair.slave().drop(Traffic.to(pair.master()));
        awaitRow(pair, pair.slave(), 490);
        awaitRow(pair, pair.master(), 230);
        assertThat(pair.master().answersSip()).isTrue();
        ProductPair.of(pair).awaitSip(pair.slave());

        pair.slave().openNetwork();
        await("the master stands down")
                .until(() -> decisions(pair.master(), ofMaster).contains(210));
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
        assertThat(decisions(pair.master(), ofMaster)).containsSubsequence(230, 210, 110, 105, 290);
        // It served until the master was ready to have its calls back.
        assertThat(decisions(pair.slave(), ofSlave))
                .containsSubsequence(330, 430)
                .doesNotContain(410);
        assertThat(epoch(pair, pair.master())).isEqualTo(epoch + 2);
    }

    @Test
    void afterAPowerCutOfBothTheMasterServes(Pair pair) {
        int mark = mark(pair.slave());
        pair.nodes().forEach(Node::powerOff);
        pair.slave().powerOn();
        awaitRow(pair, pair.slave(), 320);
        pair.master().powerOn();
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
        assertThat(decisions(pair.slave(), mark)).doesNotContain(330);
    }

    @Test
    void fullDiskDoesNotKeepTheSlaveFromDeciding(Pair pair) {
        long epoch = epoch(pair, pair.slave());
        pair.slave().fullDisk("/var/lib/pbx-ha");
        pair.master().powerOff();
        awaitRow(pair, pair.slave(), 490);
        ProductPair.of(pair).awaitSip(pair.slave());
        assertThat(epoch(pair, pair.slave())).isEqualTo(epoch + 1);
    }

    @Test
    void takeoverRollsBackAReplicationThatIsUnderWay(Pair pair) {
        Node slave = pair.slave();
        pair.master()
                .sql(
                        "INSERT INTO staticsip (filename, category, var_name, var_val) SELECT 'large', 'large', n, md5(n::text)"
                                + " || md5((-n)::text) || md5((n / 7.0)::text) FROM generate_series(1, 200000) n");
        slave.sql("UPDATE userfeatures SET lastname = 'as it was' WHERE id = 1");
        String before = Tables.replicated(slave);
        // 20 MB at half a megabyte a second: time enough to die in the middle.
        pair.master().slowNetwork(4000);
        pair.master().run("systemd-run", "--unit=replicate", "pbx-ha", "replicate");
        await("the slave is in the middle of it").until(() -> beingReplaced(slave));

        pair.master().powerOff();
        awaitRow(pair, slave, 490);
        ProductPair.of(pair).awaitSip(slave);

        assertThat(beingReplaced(slave)).isFalse();
        assertThat(Tables.replicated(slave)).isEqualTo(before);
        pair.master().powerOn();
        ProductPair.of(pair).awaitHealthy();
        pair.master().sql("DELETE FROM staticsip WHERE filename = 'large'");
    }

    private static boolean beingReplaced(Node node) {
        return !node.sql(
                        "SELECT 1 FROM pg_locks WHERE relation = 'staticsip'::regclass AND mode = 'AccessExclusiveLock'")
                .isEmpty();
    }

    @Test
    void standbySlaveWithoutAnAgentStaysShutAfterAReboot(Pair pair) {
        withoutAgent(pair.slave(), () -> {
            pair.slave().reboot();
            pair.slave().awaitBooted();
            assertThat(pair.slave().isActive(ASTERISK)).isFalse();
            assertThat(gateLines(pair.slave())).contains("this is a slave, state standby, its agent is dead");
        });
    }

    @Test
    void activeNodeWithoutAnAgentOpensAfterAReboot(Pair pair) {
        pair.master().powerOff();
        awaitRow(pair, pair.slave(), 490);
        withoutAgent(pair.slave(), () -> {
            pair.slave().reboot();
            pair.slave().awaitBooted();
            ProductPair.of(pair).awaitSip(pair.slave());
            assertThat(gateLines(pair.slave())).contains("this slave is active, its agent is dead");
        });
    }

    private static void withoutAgent(Node node, Runnable scenario) {
        node.run("systemctl", "stop", AGENT);
        node.run("systemctl", "mask", AGENT);
        try {
            scenario.run();
        } finally {
            node.run("systemctl", "unmask", AGENT);
            node.run("systemctl", "start", AGENT);
        }
    }

    /** Of both nodes: the process of Asterisk, the service state, the epoch. */
    private static List<String> services(Pair pair) {
        return pair.nodes().stream()
                .flatMap(node -> Stream.of(
                        pid(node, ASTERISK),
                        ProductPair.of(pair).status(node).at("/self/service").asText(),
                        Long.toString(epoch(pair, node))))
                .toList();
    }
}
