// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Result;

/** Two strangers become a pair, or are told why not; and are strangers again. */
@Lab
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PairingST {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int LAST = Integer.MAX_VALUE;

    private static Machinery before = new Machinery(Set.of());
    /** Of the right form, of this slave, and not good any more. */
    private static String old = "";

    @BeforeAll
    static void install(Pair pair) {
        ProductPair.of(pair).install();
        try (WaitingSlave slave = WaitingSlave.agreed(pair.slave())) {
            old = slave.code();
        }
        before = Machinery.of(pair);
    }

    @Test
    void nobodyOnThePeerIsSaidWithWhatToDoThere(Pair pair) {
        // Nothing listens there, and nobody is there at all.
        for (String address : List.of(pair.slave().address(), "192.0.2.1")) {
            Result result = setupMaster(pair, address, old);
            assertRefused(pair, result, "Run `pbx-ha setup slave` there first");
            assertThat(result.err()).contains(address);
        }
    }

    @Test
    void addressesThatCannotBeThePeerAreRefused(Pair pair) {
        Result itself = setupMaster(pair, pair.master().address(), old);
        assertThat(itself.exit()).isEqualTo(2);
        assertThat(itself.err()).contains("is this node itself");
        Result unknown = setupMaster(pair, "no-such-host", old);
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("no-such-host is no address of a host");
        Machinery.of(pair).assertSameAs(before);
    }

    @Test
    void withoutACodeNothingHappens(Pair pair) {
        assertRefused(pair, setupMaster(pair, pair.slave().address(), ""), "code");
        // Nobody can answer the question there.
        Result noTerminal = pair.master()
                .feed(
                        LIMIT,
                        "",
                        "pbx-ha",
                        "setup",
                        "master",
                        "--peer",
                        pair.slave().address());
        assertThat(noTerminal.exit()).isEqualTo(2);
        assertThat(noTerminal.err()).contains("--yes");
    }

    @Test
    void typingErrorIsFoundBeforeAnythingIsSent(Pair pair) {
        try (WaitingSlave slave = WaitingSlave.agreed(pair.slave())) {
            Result result = setupMaster(pair, pair.slave().address(), WaitingSlave.misspelt(slave.code()));
            assertRefused(pair, result, "typing error");
            assertThat(slave.screen()).doesNotContain("Refused");
        }
    }

    @Test
    void fiveWrongCodesAndTheSlaveTakesNoMore(Pair pair) {
        try (WaitingSlave slave = WaitingSlave.agreed(pair.slave())) {
            String code = slave.code();
            for (int left = 4; left >= 0; left--) {
                Result wrong = setupMaster(pair, pair.slave().address(), old);
                assertRefused(pair, wrong, "not the slave's current code (" + left + " tries left)");
            }
            assertThat(slave.exit()).isEqualTo(1);
            assertThat(slave.screen())
                    .contains("5 wrong codes were tried")
                    .contains(pair.master().address());
            assertRefused(pair, setupMaster(pair, pair.slave().address(), code), "setup slave");
        }
    }

    @Test
    void codeOfAnotherNodeIsRecognised(Pair pair) {
        String others;
        try (WaitingSlave elsewhere = WaitingSlave.agreed(pair.master())) {
            others = elsewhere.code();
        }
        pair.master().run("pbx-ha", "setup", "disable", "--yes");
        try (WaitingSlave slave = WaitingSlave.agreed(pair.slave())) {
            slave.code();
            assertRefused(pair, setupMaster(pair, pair.slave().address(), others), "The code belongs to another node");
        }
    }

    @Test
    void databaseThatIsNotUtf8IsRefusedOnEitherNode(Pair pair) {
        for (String encoding : List.of("SQL_ASCII", "LATIN1")) {
            for (Node node : pair.nodes()) {
                Tables.putAside(node, encoding);
                try {
                    Result result = node == pair.slave()
                            ? node.exec(LIMIT, "pbx-ha", "setup", "slave", "--yes")
                            : setupMaster(pair, pair.slave().address(), old);
                    assertRefused(pair, result, "");
                    assertThat(result.out()).contains("the database asterisk is in " + encoding + ", not UTF-8");
                } finally {
                    Tables.bringBack(node);
                }
            }
        }
    }

    @Test
    void provisioningPluginsOnTheSlaveAreRefused(Pair pair) {
        pair.slave().run("mkdir", "-p", "/var/lib/xivo-provd/plugins/xivo-aastra-3.3.1-SP4");
        try {
            Result result = pair.slave().exec(LIMIT, "pbx-ha", "setup", "slave", "--yes");
            assertRefused(pair, result, "cannot become a slave yet");
            assertThat(result.out()).contains("xivo-aastra-3.3.1-SP4");
        } finally {
            pair.slave().run("rm", "-r", "/var/lib/xivo-provd");
        }
    }

    @Test
    void whoSaysNoChangesNothing(Pair pair) {
        Result no = pair.slave().feed(LIMIT, "n\n", "script", "-qec", "pbx-ha setup slave", "/dev/null");
        assertRefused(pair, no, "");
    }

    @Test
    @Order(LAST - 2)
    void peopleAtTwoTerminalsMakeAPair(Pair pair) {
        try (WaitingSlave slave = WaitingSlave.atATerminal(pair.slave())) {
            String command = "pbx-ha setup master --peer " + pair.slave().address();
            Result master = pair.master().feed(LIMIT, slave.code() + "\ny\n", "script", "-qec", command, "/dev/null");
            assertThat(master.orFail()).contains("Make these changes on both nodes?", "Done.");
            assertThat(slave.exit()).as(slave.screen()).isZero();
        }
        ProductPair.of(pair).awaitHealthy();
        assertThat(pair.slave().isActive("asterisk.service")).isFalse();
    }

    @Test
    @Order(LAST - 1)
    void pairingAgainAsksForNothingAndChangesNothing(Pair pair) {
        Machinery paired = Machinery.of(pair);
        String asterisk = Scenario.pid(pair.master(), "asterisk.service");
        Result again = setupMaster(pair, pair.slave().address(), "");
        assertThat(again.orFail()).contains("They are a pair already");
        Machinery.of(pair).assertSameAs(paired);
        assertThat(Scenario.pid(pair.master(), "asterisk.service")).isEqualTo(asterisk);
    }

    @Test
    @Order(LAST)
    void disablingOnBothNodesUndoesEverythingAndBothServe(Pair pair) {
        for (Node node : pair.nodes()) {
            node.run("pbx-ha", "setup", "disable", "--yes");
            ProductPair.of(pair).awaitSip(node);
        }
        Machinery.of(pair).assertSameAs(before);
        assertThat(pair.master().isActive("pbx-ha.service")).isFalse();
    }

    private static Result setupMaster(Pair pair, String address, String code) {
        return pair.master().feed(LIMIT, code + "\n", "pbx-ha", "setup", "master", "--peer", address, "--yes");
    }

    /** Exit code 1, the reason, and the nodes as they were. */
    private static void assertRefused(Pair pair, Result result, String why) {
        assertThat(result.exit()).as(result.toString()).isEqualTo(1);
        assertThat(result.out() + result.err()).contains(why);
        Machinery.of(pair).assertSameAs(before);
    }
}
