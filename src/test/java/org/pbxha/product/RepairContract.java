// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/** An Asterisk that fails on a healthy host: mended where it is, else moved. */
abstract class RepairContract extends Scenario {
    private static final String ASTERISK = "asterisk.service";

    @Test
    void hungAsteriskIsRestartedWhereItIs(Pair pair) {
        Node master = pair.master();
        int ofMaster = mark(master);
        int ofSlave = mark(pair.slave());
        String before = pid(master, ASTERISK);
        // Where Asterisk takes long to start it is taken for hung once more.
        pair.expectError("Asterisk was repaired 2 times and failed again");
        master.hangAsterisk();
        await("another Asterisk").until(() -> !pid(master, ASTERISK).equals(before));
        ProductPair.of(pair).awaitHealthy();
        assertThat(decisions(master, ofMaster)).contains(86);
        assertThat(decisions(pair.slave(), ofSlave)).doesNotContain(330, 370);
        assertMasterServes(pair);
    }

    @Test
    void crashedAsteriskMovesNothing(Pair pair) {
        int ofSlave = mark(pair.slave());
        String before = pid(pair.master(), ASTERISK);
        pair.master().crashAsterisk();
        await("another Asterisk").until(() -> !pid(pair.master(), ASTERISK).equals(before));
        ProductPair.of(pair).awaitHealthy();
        assertThat(decisions(pair.slave(), ofSlave)).doesNotContain(330, 370);
    }

    @Test
    void asteriskThatCannotBeRepairedMovesToTheSlaveUntilAnOperatorBringsItHome(Pair pair) {
        Node master = pair.master();
        Node slave = pair.slave();
        // The second, when the scenarios before this one have used up the tries.
        pair.expectError("Asterisk does not answer after 2 tries|Asterisk was repaired 2 times and failed again");
        master.breakAsterisk();
        awaitRow(pair, slave, 425);
        ProductPair.of(pair).awaitSip(slave);
        assertThat(decisions(slave, 0)).contains(370);
        assertThat(master.run("pbx-ha", "status")).contains("UNABLE");

        master.mendAsterisk();
        slave.run("pbx-ha", "failback");
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }

    @Test
    void asteriskThatAnOperatorStopsStaysStopped(Pair pair) {
        Node master = pair.master();
        int ofSlave = mark(pair.slave());
        master.run("systemctl", "stop", ASTERISK);
        awaitRow(pair, master, 88);
        awaitRow(pair, pair.slave(), 380);
        assertThat(master.isActive(ASTERISK)).isFalse();
        master.run("systemctl", "start", ASTERISK);
        ProductPair.of(pair).awaitHealthy();
        assertThat(decisions(pair.slave(), ofSlave)).doesNotContain(330, 370);
    }
}
