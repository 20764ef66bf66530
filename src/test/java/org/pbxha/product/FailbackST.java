// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Call;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Phone;

/** A failback that is interrupted at any of its steps, on either node: one of them serves, and telephony can come home. */
@Lab
final class FailbackST extends Scenario {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String AGENT = "pbx-ha.service";
    private static final String JOURNAL = "/var/lib/pbx-ha/journal.jsonl";

    /** Waits on the node itself for a decision of its own, and kills its agent as soon as that is written. */
    private static final String KILLER = "tail -n 0 -F " + JOURNAL + " | { grep -q -m 1 '\"row\":'\"$1\"',';"
            + " systemctl kill --signal=KILL " + AGENT + "; }";

    @BeforeEach
    void slaveServes(Pair pair) {
        assertThat(pair.master().exec(LIMIT, "pbx-ha", "handover").orFail()).contains("done: the slave serves");
    }

    /** A scenario that failed halfway must not cost the ones after it their pair. */
    @AfterEach
    void bringHome(Pair pair) {
        pair.slave().exec(LIMIT, "pbx-ha", "failback");
    }

    @Test
    void killedWhileTheHooksAreAsked(Pair pair) {
        Node slave = pair.slave();
        String hook = "/etc/pbx-ha/hooks.d/before-failback/10-slow";
        slave.write(hook, "#!/bin/sh\nexec sleep 20\n");
        slave.run("chmod", "755", hook);
        slave.run("systemd-run", "--collect", "--unit=failback", "pbx-ha", "failback");
        awaitRow(pair, slave, 62);
        kill(pair, slave);
        assertThat(slave.answersSip()).isTrue();
        assertThat(pair.master().isActive("asterisk.service")).isFalse();
        slave.run("rm", hook);
        assertComesHome(pair);
    }

    @Test
    void killedWhileACallIsAwaited(Pair pair) {
        Node slave = pair.slave();
        Phone phone = pair.phone("100");
        phone.register();
        Call call = phone.call("600", Duration.ofSeconds(15));
        assertThat(call.awaitAnswer(LIMIT)).isTrue();
        slave.run("systemd-run", "--collect", "--unit=failback", "pbx-ha", "failback");
        awaitRow(pair, slave, 68);
        kill(pair, slave);
        assertThat(call.outcome()).isEqualTo(Call.Outcome.COMPLETED);
        // Nobody has to ask again: the step is written down.
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }

    @Test
    void masterDiesWhileACallIsAwaited(Pair pair) {
        Node slave = pair.slave();
        Phone phone = pair.phone("100");
        phone.register();
        Call call = phone.call("600", Duration.ofSeconds(15));
        assertThat(call.awaitAnswer(LIMIT)).isTrue();
        slave.run("systemd-run", "--collect", "--unit=failback", "pbx-ha", "failback");
        awaitRow(pair, slave, 68);
        pair.master().powerOff();
        awaitRow(pair, slave, 490);
        assertThat(call.outcome()).isEqualTo(Call.Outcome.COMPLETED);
        pair.master().powerOn();
        awaitRow(pair, slave, 426);
        assertComesHome(pair);
    }

    @Test
    void giverKilledWhileItClosesSip(Pair pair) {
        killedAt(pair, pair.slave(), 74);
    }

    @Test
    void giverKilledWhenItHasOffered(Pair pair) {
        killedAt(pair, pair.slave(), 78);
    }

    @Test
    void receiverKilledWhenItHasOpened(Pair pair) {
        killedAt(pair, pair.master(), 105);
    }

    @Test
    void giverKilledWhenItHasStoodDown(Pair pair) {
        killedAt(pair, pair.slave(), 50);
    }

    private static void killedAt(Pair pair, Node node, int row) {
        String agent = pid(node, AGENT);
        node.run("systemd-run", "--collect", "--unit=killer", "sh", "-c", KILLER, "sh", Integer.toString(row));
        // How it ends is told to nobody when the agent that would tell it is killed.
        pair.slave().exec(LIMIT, "pbx-ha", "failback");
        await("the agent to be killed at row " + row)
                .until(() -> !pid(node, AGENT).equals(agent)
                        && node.exec("pbx-ha", "status").ok());
        assertComesHome(pair);
    }

    private static void kill(Pair pair, Node node) {
        String agent = pid(node, AGENT);
        node.killAgent();
        await("another agent").until(() -> !pid(node, AGENT).equals(agent) && row(pair, node) > 0);
    }

    /** Either it is home already, or an operator who asks again brings it home. */
    private static void assertComesHome(Pair pair) {
        await("somebody serves")
                .until(() -> pair.master().answersSip() || pair.slave().answersSip());
        await("telephony comes home").atMost(LIMIT).until(() -> {
            pair.slave().exec(LIMIT, "pbx-ha", "failback");
            return pair.master().answersSip();
        });
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }
}
