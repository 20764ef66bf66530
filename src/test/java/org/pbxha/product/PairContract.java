// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Call;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Phone;

/** What a pair is for, on every suite: calls go on when the master dies, and come home when it returns. */
abstract class PairContract extends Scenario {
    private static final Duration TALK = Duration.ofSeconds(1);

    @Test
    void phonesOfADeadMasterCallThroughTheSlaveUntilTheMasterHasItsCallsBack(Pair pair) {
        ProductPair product = ProductPair.of(pair);
        Node master = pair.master();
        Node slave = pair.slave();
        long epoch = epoch(pair, slave);
        int ofMaster = mark(master);
        int ofSlave = mark(slave);
        assertCalls(pair, master);

        master.powerOff();
        awaitRow(pair, slave, 490);
        product.awaitSip(slave);
        assertThat(decisions(slave, ofSlave)).containsSubsequence(330, 490);
        assertThat(epoch(pair, slave)).isEqualTo(epoch + 1);
        assertThat(slave.run("pbx-ha", "history")).contains("row 330  The master is silent on every probe");
        assertCalls(pair, slave);

        product.set(slave, "failback.hold-down", "10m");
        master.powerOn();
        awaitRow(pair, master, 110);
        master.awaitBooted();
        assertThat(master.isActive("asterisk.service")).isFalse();
        // Whether the gate refused or the agent withdrew the start before it came to that is a matter of milliseconds.
        assertThat(slave.isActive("asterisk.service")).isTrue();

        product.set(slave, "failback.hold-down", HOLD_DOWN.toSeconds() + "s");
        product.awaitHealthy();
        assertMasterServes(pair);
        assertThat(decisions(slave, ofSlave)).containsSubsequence(330, 490, 440, 430, 60, 65, 71, 50, 390);
        assertThat(decisions(master, ofMaster)).containsSubsequence(110, 105, 290);
        assertThat(epoch(pair, master)).isEqualTo(epoch + 2);
        assertCalls(pair, master);
    }

    @Test
    void gateSkipsAStartOfAsteriskOnTheStandby(Pair pair) {
        Node slave = pair.slave();
        slave.run("systemctl", "start", "asterisk.service");
        assertThat(slave.isActive("asterisk.service")).isFalse();
        assertThat(slave.run("systemctl", "show", "--property=Result", "--value", "asterisk.service"))
                .isEqualTo("exec-condition");
        assertThat(gateLines(slave)).contains("asterisk.service stays stopped: this slave is standby");
    }

    @Test
    void probesLeaveNoLineInTheLogsOfAsterisk(Pair pair) {
        Duration watch = Duration.ofMinutes(Integer.getInteger("security.minutes", 1));
        List<String> before = pair.nodes().stream().map(PairContract::logs).toList();
        Awaitility.await("a healthy pair leaves no line")
                .pollInterval(Duration.ofSeconds(5))
                .during(watch)
                .atMost(watch.plusMinutes(1))
                .until(() -> pair.nodes().stream().map(PairContract::logs).toList(), before::equals);
    }

    private static void assertCalls(Pair pair, Node server) {
        Phone phone = pair.phone("100");
        assertThat(phone.register().server()).isSameAs(server);
        assertThat(phone.call("600", TALK).outcome()).isEqualTo(Call.Outcome.COMPLETED);
    }

    /** All lines that this node's Asterisk has logged. */
    private static String logs(Node node) {
        return node.run("sh", "-c", "cd /var/log/asterisk && grep -s '' security* messages* full* || test $? = 2");
    }
}
