// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Result;

/** Hosts that restart, and what runs beside Asterisk. */
@Lab
final class HostsST extends Scenario {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String ASTERISK = "asterisk.service";

    @Test
    void afterAnOrderlyRestartOfBothTheMasterServes(Pair pair) {
        pair.nodes().parallelStream().forEach(Node::reboot);
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }

    @Test
    void restartOfTheSlaveIsAnAlarmAndNoMore(Pair pair) {
        String asterisk = pid(pair.master(), ASTERISK);
        pair.slave().shutDown();
        awaitRow(pair, pair.master(), 230);
        pair.slave().powerOn();
        ProductPair.of(pair).awaitHealthy();
        assertThat(pid(pair.master(), ASTERISK)).isEqualTo(asterisk);
    }

    @Test
    void masterWithoutADatabaseServesOn(Pair pair) {
        Node master = pair.master();
        String asterisk = pid(master, ASTERISK);
        pair.expectError("database");
        master.killDatabase();
        Result replication = master.exec(LIMIT, "pbx-ha", "replicate");
        assertThat(replication.exit()).isEqualTo(1);
        assertThat(replication.out() + replication.err()).contains("PostgreSQL");
        assertMasterServes(pair);
        master.startDatabase();
        assertThat(master.exec(LIMIT, "pbx-ha", "replicate").ok()).isTrue();
        ProductPair.of(pair).awaitHealthy();
        assertThat(pid(master, ASTERISK)).isEqualTo(asterisk);
    }

    @Test
    void slaveWithoutADatabaseIsGivenNothing(Pair pair) {
        pair.slave().killDatabase();
        await("the master to know")
                .until(() -> !ProductPair.of(pair)
                        .status(pair.master())
                        .at("/peer/ready")
                        .asBoolean(true));
        Result handover = pair.master().exec(LIMIT, "pbx-ha", "handover");
        assertThat(handover.exit()).isEqualTo(4);
        assertMasterServes(pair);
        pair.slave().startDatabase();
        ProductPair.of(pair).awaitHealthy();
    }

    @Test
    void asteriskThatStartsSlowlyIsGivenTime(Pair pair) {
        Node slave = pair.slave();
        String dropIn = "/etc/systemd/system/asterisk.service.d/slow.conf";
        slave.run("mkdir", "-p", "/etc/systemd/system/asterisk.service.d");
        slave.write(dropIn, "[Service]\nExecStartPre=/bin/sleep 15\n");
        slave.run("systemctl", "daemon-reload");
        int mark = mark(slave);
        pair.master().powerOff();
        ProductPair.of(pair).awaitSip(slave);
        assertThat(decisions(slave, mark)).contains(330).doesNotContain(80, 86);
        slave.run("rm", dropIn);
        slave.run("systemctl", "daemon-reload");
        pair.master().powerOn();
        ProductPair.of(pair).awaitHealthy();
    }

    @Test
    void crashLoopEndsWithTheSlave(Pair pair) {
        Node master = pair.master();
        pair.expectError("Asterisk (was repaired|does not answer)");
        await("the slave to serve").until(() -> {
            master.crashAsterisk();
            return row(pair, pair.slave()) == 425;
        });
        ProductPair.of(pair).awaitSip(pair.slave());
        assertThat(master.isActive(ASTERISK)).isFalse();
        assertThat(pair.slave().exec(LIMIT, "pbx-ha", "failback").ok()).isTrue();
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }

    @Test
    void upgradeOfTheServingSlaveMovesNothing(Pair pair) {
        Node slave = pair.slave();
        assertThat(pair.master().exec(LIMIT, "pbx-ha", "handover").ok()).isTrue();
        String asterisk = pid(slave, ASTERISK);
        String agent = pid(slave, "pbx-ha.service");
        slave.exec(LIMIT, "dpkg", "--install", "/root/" + Packages.agent().getFileName())
                .orFail();
        await("another agent").until(() -> row(pair, slave) == 426);
        assertThat(pid(slave, "pbx-ha.service")).isNotEqualTo(agent);
        assertThat(pid(slave, ASTERISK)).isEqualTo(asterisk);
        assertThat(pair.master().isActive(ASTERISK)).isFalse();
        assertThat(slave.exec(LIMIT, "pbx-ha", "failback").ok()).isTrue();
        ProductPair.of(pair).awaitHealthy();
    }

    @Test
    void masterWhoseAsteriskStartsWithoutItsAgentIsLeftToServeAlone(Pair pair) {
        Node master = pair.master();
        Node slave = pair.slave();
        int ofSlave = mark(slave);
        master.powerOff();
        ProductPair.of(pair).awaitSip(slave);
        master.powerOn();
        master.awaitBooted();
        // No agent is there to be asked, and a master that nobody may be replacing is let start by the gate.
        master.run("systemctl", "mask", "--now", "pbx-ha.service");
        try {
            master.run("systemctl", "restart", "--no-block", ASTERISK);
            await("the slave to close SIP")
                    .until(() -> decisions(slave, ofSlave).contains(480));
            ProductPair.of(pair).awaitSip(master);
            await("one to be silent").until(() -> !slave.answersSip());
        } finally {
            master.run("systemctl", "unmask", "pbx-ha.service");
            master.run("systemctl", "start", "pbx-ha.service");
        }
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }
}
