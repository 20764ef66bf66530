// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Call;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Phone;
import org.pbxha.lab.Result;

/** What operators order, and what they have forbidden. */
@Lab
final class OperatorST extends Scenario {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What an operator has ordered ends only by an operator. */
    @AfterEach
    void takeOrdersBack(Pair pair) {
        pair.slave().exec("pbx-ha", "resume");
        pair.slave().exec("pbx-ha", "mode", "automatic");
        pair.slave().exec(LIMIT, "pbx-ha", "failback", "--cut-calls");
    }

    @Test
    void handoverIsPinnedUntilTheFailback(Pair pair) {
        Result handover = pair.master().exec(LIMIT, "pbx-ha", "handover");
        assertThat(handover.orFail()).contains("row 205", "done: the slave serves");
        ProductPair.of(pair).awaitSip(pair.slave());
        assertThat(pair.master().isActive("asterisk.service")).isFalse();
        awaitRow(pair, pair.slave(), 426);

        Result plan = pair.master().exec(LIMIT, "pbx-ha", "failback", "--dry-run");
        assertThat(plan.orFail()).contains("row 422", "nothing has been changed");
        assertThat(row(pair, pair.slave())).isEqualTo(426);

        assertThat(pair.slave().exec(LIMIT, "pbx-ha", "failback").orFail()).contains("done: the master serves");
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }

    @Test
    void handoverWaitsForTheCallAndACutDoesNot(Pair pair) {
        Phone phone = pair.phone("100");
        phone.register();
        Call call = phone.call("600", Duration.ofSeconds(8));
        assertThat(call.awaitAnswer(LIMIT)).isTrue();
        assertThat(pair.slave().exec(LIMIT, "pbx-ha", "handover").orFail()).contains("row 68", "the slave serves");
        assertThat(call.outcome()).as("nobody cut it").isEqualTo(Call.Outcome.COMPLETED);

        phone.register();
        Call cut = phone.call("600", Duration.ofMinutes(5));
        assertThat(cut.awaitAnswer(LIMIT)).isTrue();
        assertThat(pair.slave().exec(LIMIT, "pbx-ha", "failback", "--cut-calls").orFail())
                .contains("row 423", "the master serves");
        assertThat(cut.outcome()).isEqualTo(Call.Outcome.CUT);
    }

    @Test
    void pausedPairDoesNotMoveAndAForcedTakeoverDoes(Pair pair) {
        Node slave = pair.slave();
        assertThat(pair.master().run("pbx-ha", "pause", "--for", "10m")).contains("this master: paused until");
        assertThat(slave.run("pbx-ha", "status")).contains("PAUSED");
        int mark = mark(slave);
        pair.master().powerOff();
        await("the slave to notice")
                .until(() ->
                        ProductPair.of(pair).status(slave).at("/silence/icmp").asLong() > 6000);
        assertThat(decisions(slave, mark)).doesNotContain(330);
        assertThat(slave.exec("pbx-ha", "takeover", "--force").exit()).isEqualTo(2);
        assertThat(slave.exec("pbx-ha", "takeover", "--force", "--reason", " ").exit())
                .isEqualTo(2);

        assertThat(slave.exec(LIMIT, "pbx-ha", "takeover", "--force", "--reason", "the master burns")
                        .orFail())
                .contains("row 302");
        ProductPair.of(pair).awaitSip(slave);
        assertThat(slave.run("pbx-ha", "history")).contains("the master burns");

        assertThat(slave.exec("pbx-ha", "resume").exit())
                .as("only this node could be told")
                .isEqualTo(1);
        pair.master().powerOn();
        await("the master to listen").until(() -> slave.exec("pbx-ha", "resume").ok());
        ProductPair.of(pair).awaitHealthy();
    }

    @Test
    void manualModeOnlySaysWhatItWouldDo(Pair pair) {
        Node slave = pair.slave();
        assertThat(slave.run("pbx-ha", "mode", "manual"))
                .contains("this slave: mode manual", "this master: mode manual");
        pair.master().powerOff();
        awaitRow(pair, slave, 322);
        slave.run("systemctl", "restart", "pbx-ha.service");
        await("the mode to have survived; a slave that has just booted waits two minutes")
                .atMost(Duration.ofMinutes(3))
                .until(() -> row(pair, slave) == 322);
        assertThat(slave.isActive("asterisk.service")).isFalse();
        assertThat(slave.run("pbx-ha", "explain")).contains("mode manual", "row 322 decides");
        pair.master().powerOn();
        await("the master to listen")
                .until(() -> slave.exec("pbx-ha", "mode", "automatic").ok());
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }

    @Test
    void ordersThatMakeNoSenseAreRefusedAndMoveNothing(Pair pair) {
        assertThat(pair.slave().exec(LIMIT, "pbx-ha", "failback").exit()).isEqualTo(4);
        Result serves = pair.master().exec("pbx-ha", "takeover", "--force", "--reason", "test");
        assertThat(serves.exit()).isEqualTo(4);
        assertThat(serves.out()).contains("serves already");
        assertThat(pair.master().exec("pbx-ha", "pause", "--for", "soon").exit())
                .isEqualTo(2);
        assertThat(pair.master().exec("pbx-ha", "mode", "sometimes").exit()).isEqualTo(2);
        pair.slave().run("systemctl", "stop", "pbx-ha.service");
        awaitRow(pair, pair.master(), 230);
        assertThat(pair.master().exec(LIMIT, "pbx-ha", "handover").exit()).isEqualTo(4);
        pair.slave().run("systemctl", "start", "pbx-ha.service");
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }

    @Test
    void hookMayStopATakeoverAndHearsOfOne(Pair pair) {
        Node slave = pair.slave();
        hook(slave, "before-takeover/10-veto", "#!/bin/sh\necho not now\nexit 1\n");
        hook(slave, "after-takeover/10-told", "#!/bin/sh\nenv >/run/pbx-ha/told\n");
        pair.master().powerOff();
        awaitRow(pair, slave, 323);
        assertThat(slave.isActive("asterisk.service")).isFalse();
        assertThat(slave.run("pbx-ha", "history")).contains("before-takeover/10-veto", "not now");

        // A hook that others may write has no say, and neither has one that is gone.
        slave.run("chmod", "666", "/etc/pbx-ha/hooks.d/before-takeover/10-veto");
        slave.run("systemctl", "restart", "pbx-ha.service");
        awaitRow(pair, slave, 490);
        ProductPair.of(pair).awaitSip(slave);
        await("the hook").until(() -> slave.run("cat", "/run/pbx-ha/told").contains("PBX_HA_EVENT=after-takeover"));
        slave.run(
                "rm",
                "-r",
                "/etc/pbx-ha/hooks.d/before-takeover/10-veto",
                "/etc/pbx-ha/hooks.d/after-takeover/10-told");
        pair.master().powerOn();
        ProductPair.of(pair).awaitHealthy();
    }

    private static void hook(Node node, String name, String script) {
        node.write("/etc/pbx-ha/hooks.d/" + name, script);
        node.run("chmod", "755", "/etc/pbx-ha/hooks.d/" + name);
    }
}
