// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Traffic;

/** A master that says nothing, and may serve all the same: the slave makes sure before it takes over. */
@Lab
final class FencingST extends Scenario {
    private static final String AGENT = "pbx-ha.service";
    private static final String ASTERISK = "asterisk.service";
    private static final String MARK = "/var/lib/pbx-ha/fenced";
    private static final String OPTIONS = "/etc/pbx-ha/fencing/fence_dummy.conf";
    private static final String HOOK = "/etc/pbx-ha/hooks.d/fence/broken";

    @AfterEach
    void withoutFencing(Pair pair) {
        pair.heal();
        fencing(pair, false, List.of());
        pair.slave().run("rm", "-f", OPTIONS, HOOK);
    }

    @Test
    void frozenAgentAndAsteriskAreFencedBySshAndTheSlaveServesWithinSeconds(Pair pair) {
        fencing(pair, false, List.of("ssh"));
        assertThat(pair.slave().run("pbx-ha", "fencing", "check"))
                .contains("ssh is ready: it would stop asterisk.service");
        Node master = pair.master();
        int ofMaster = mark(master);
        int ofSlave = mark(pair.slave());

        long start = System.nanoTime();
        master.hangAgent();
        master.hangAsterisk();
        pair.slave().awaitSipAnswer(Duration.ofSeconds(10));
        System.out.printf("fencing: from the freeze to the slave's first SIP answer %.1f s%n", secondsSince(start));

        assertThat(decisions(pair.slave(), ofSlave))
                .containsSubsequence(337, 311)
                .doesNotContain(340);
        assertThat(history(pair.slave())).containsPattern("ssh: fenced after \\d+ ms");
        assertThat(master.isActive(ASTERISK)).isFalse();
        assertThat(master.run("stat", "-c", "%a %U", MARK)).isEqualTo("600 root");
        master.exec("systemctl", "start", "--no-block", ASTERISK);
        await("the gate to refuse").until(() -> gateLines(master).contains("has fenced this master"));
        assertThat(master.isActive(ASTERISK)).isFalse();

        master.resumeAgent();
        assertComesHome(pair, ofMaster);
    }

    @Test
    void methodThatFailsFallsToTheNextAndAnAgentThatStartsLaterStandsBy(Pair pair) {
        Node slave = pair.slave();
        slave.write(HOOK, "#!/bin/sh\necho the socket does not answer\nexit 1\n");
        slave.run("chmod", "755", HOOK);
        fencing(pair, false, List.of("hook", "ssh"));
        Node master = pair.master();
        int ofMaster = mark(master);

        master.run("systemctl", "stop", AGENT);
        master.hangAsterisk();
        slave.awaitSipAnswer(Duration.ofSeconds(15));

        assertThat(history(slave))
                .containsPattern("hook: not fenced after \\d+ ms: fence/broken: exit 1 .*the socket does not answer")
                .containsPattern("ssh: fenced after");
        master.run("systemctl", "start", AGENT);
        assertComesHome(pair, ofMaster);
    }

    @Test
    void masterThatLivesButIsNotHeardStandsDownAndServesNoMoreUntilItHearsItsSlave(Pair pair) {
        fencing(pair, true, List.of("ssh"));
        Node master = pair.master();
        int ofMaster = mark(master);
        for (Traffic some : List.of(Traffic.from(master), Traffic.to(master))) {
            pair.slave().drop(some.sip());
            pair.slave().drop(some.tcp(8421));
        }
        ProductPair.of(pair).awaitSip(pair.slave());
        awaitRow(pair, master, 142);
        assertThat(master.isActive(ASTERISK)).isFalse();
        assertThat(ProductPair.of(pair).status(pair.slave()).at("/self/service").asText())
                .isEqualTo("active");

        pair.slave().openNetwork();
        assertComesHome(pair, ofMaster);
    }

    @Test
    void whereFencingIsRequiredAndFailsNothingIsTakenOverUntilAnOperatorSaysSo(Pair pair) {
        fencing(pair, true, List.of("ssh"));
        Node slave = pair.slave();
        freezeMaster(pair);
        try {
            awaitRow(pair, slave, 338);
            await("the time after which it would go without fencing")
                    .until(() -> ProductPair.of(pair)
                                    .status(slave)
                                    .at("/silence/link")
                                    .asLong()
                            > 15_000);
            assertThat(row(pair, slave)).isIn(336, 337, 338);
            assertThat(slave.isActive(ASTERISK)).isFalse();
            assertThat(slave.run("pbx-ha", "status")).contains("ssh, required; FAILED: ssh: ");

            assertThat(slave.run("pbx-ha", "takeover", "--force", "--reason", "test of fencing"))
                    .contains("NOT FENCED, and taken over all the same", "row 302");
            ProductPair.of(pair).awaitSip(slave);
        } finally {
            pair.master().thaw();
        }
        ProductPair.of(pair).awaitHealthy();
    }

    @Test
    void fenceAgentOfDebianGetsItsOptionsOnStandardInput(Pair pair) {
        Node slave = pair.slave();
        slave.write(OPTIONS, "# keeps the power in a file\nstatus_file=/root/power\n");
        slave.write("/root/power", "on");
        assertThatThrownBy(() ->
                        new NodeConfiguration(slave).set("fencing.methods", List.of("fence_dummy", "fence_nothing")))
                .hasMessageContaining("chmod 600 " + OPTIONS)
                .hasMessageContaining("there is no program /usr/sbin/fence_nothing");

        slave.run("chmod", "600", OPTIONS);
        fencing(pair, false, List.of("fence_dummy"));
        assertThat(slave.run("pbx-ha", "fencing", "check"))
                .contains("fence_dummy is ready: the device answers that the machine is on");
        int ofSlave = mark(slave);
        freezeMaster(pair);
        try {
            awaitRow(pair, slave, 490);
            assertThat(slave.run("cat", "/root/power")).isEqualTo("off");
            assertThat(decisions(slave, ofSlave)).containsSubsequence(337, 311).doesNotContain(340);
        } finally {
            pair.master().thaw();
        }
        ProductPair.of(pair).awaitHealthy();
    }

    /** When it thaws, systemd may find its agent silent for too long and restart it. */
    private static void freezeMaster(Pair pair) {
        pair.expectError("Watchdog timeout");
        pair.master().freeze();
    }

    private static void fencing(Pair pair, boolean required, List<String> methods) {
        new NodeConfiguration(pair.slave()).set("fencing", Map.of("methods", methods, "required", required));
        pair.slave().run("systemctl", "restart", AGENT);
        ProductPair.of(pair).awaitHealthy();
    }

    private static void assertComesHome(Pair pair, int ofMaster) {
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
        assertThat(decisions(pair.master(), ofMaster))
                .containsSubsequence(5, 105, 290)
                .doesNotContain(150, 152, 155);
        assertThat(pair.master().exec("test", "-e", MARK).ok()).isFalse();
        assertThat(pair.master().exec("test", "-e", "/run/pbx-ha-fenced").ok()).isFalse();
    }

    private static String history(Node node) {
        return node.run("pbx-ha", "history");
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
