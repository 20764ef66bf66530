// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Traffic;

/** Networks that fail in part: a way, a protocol, a moment. */
@Lab
final class NetworkST extends Scenario {
    private static final int LINK = 8421;

    @Test
    void masterThatCanOnlySendIsReplaced(Pair pair) {
        oneWayMasterIsReplaced(pair, Traffic.in());
    }

    @Test
    void masterThatCanOnlyHearIsReplaced(Pair pair) {
        oneWayMasterIsReplaced(pair, Traffic.out());
    }

    private static void oneWayMasterIsReplaced(Pair pair, Traffic lost) {
        Node master = pair.master();
        int ofMaster = mark(master);
        master.drop(lost);
        await("SIP to be closed").until(() -> decisions(master, ofMaster).contains(42));
        awaitRow(pair, pair.slave(), 490);
        ProductPair.of(pair).awaitSip(pair.slave());

        master.openNetwork();
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
    }

    @Test
    void lostPeerLinkIsAnAlarmAndNoTakeover(Pair pair) {
        nothingMovesWithout(
                pair,
                350,
                List.of(
                        Traffic.from(pair.master()).tcp(LINK),
                        Traffic.to(pair.master()).tcp(LINK)));
    }

    @Test
    void lostPingsMoveNothing(Pair pair) {
        nothingMovesWithout(
                pair,
                390,
                List.of(
                        Traffic.from(pair.master()).icmp(),
                        Traffic.to(pair.master()).icmp()));
    }

    @Test
    void lostPeerLinkAndPingsMoveNothingWhileAsteriskAnswers(Pair pair) {
        nothingMovesWithout(
                pair,
                350,
                List.of(
                        Traffic.from(pair.master()).tcp(LINK),
                        Traffic.to(pair.master()).tcp(LINK),
                        Traffic.from(pair.master()).icmp(),
                        Traffic.to(pair.master()).icmp()));
    }

    private static void nothingMovesWithout(Pair pair, int row, List<Traffic> lost) {
        List<Integer> marks = pair.nodes().stream().map(Scenario::mark).toList();
        lost.forEach(pair.slave()::drop);
        await("the loss to last").until(() -> longestSilence(pair) > 6000);
        assertThat(row(pair, pair.slave())).isEqualTo(row);
        assertMasterServes(pair);
        pair.slave().openNetwork();
        ProductPair.of(pair).awaitHealthy();
        for (int i = 0; i < 2; i++) {
            assertThat(decisions(pair.nodes().get(i), marks.get(i))).doesNotContain(42, 330, 340);
        }
    }

    /** Of all probes of the slave, in milliseconds. */
    private static long longestSilence(Pair pair) {
        var silence = ProductPair.of(pair).status(pair.slave()).path("silence");
        return List.of("icmp", "link").stream()
                .mapToLong(probe -> silence.path(probe).asLong())
                .max()
                .orElseThrow();
    }

    @Test
    void flappingMasterGetsNothingBackBeforeItIsSteady(Pair pair) {
        Node slave = pair.slave();
        ProductPair.of(pair).set(slave, "failback.hold-down", "20s");
        int ofMaster = mark(pair.master());
        pair.master().powerOff();
        awaitRow(pair, slave, 490);
        ProductPair.of(pair).awaitSip(slave);
        String serving = pid(slave, "asterisk.service");
        for (int flap = 0; flap < 2; flap++) {
            pair.master().powerOn();
            awaitRow(pair, slave, 440);
            pair.master().powerOff();
            awaitRow(pair, slave, 490);
        }
        assertThat(pid(slave, "asterisk.service")).isEqualTo(serving);

        ProductPair.of(pair).set(slave, "failback.hold-down", HOLD_DOWN.toSeconds() + "s");
        pair.master().powerOn();
        ProductPair.of(pair).awaitHealthy();
        assertThat(decisions(pair.master(), ofMaster).stream().filter(row -> row == 105))
                .as("it opened once")
                .hasSize(1);
    }

    @Test
    void masterThatReturnsDuringTheTakeoverWaitsItsTurn(Pair pair) {
        Node slave = pair.slave();
        int ofMaster = mark(pair.master());
        int ofSlave = mark(slave);
        pair.master().powerOff();
        await("the takeover").until(() -> decisions(slave, ofSlave).contains(330));
        pair.master().powerOn();
        ProductPair.of(pair).awaitHealthy();
        assertMasterServes(pair);
        assertThat(decisions(pair.master(), ofMaster)).containsSubsequence(110, 105);
    }
}
