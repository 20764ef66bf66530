// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab keeps its own word: nodes are real PBXs, phones really call, and each fault does what its name says. */
abstract class LabContract {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TALK = Duration.ofSeconds(3);

    @Test
    void masterHoldsMoreThanTheSlave(Pair pair) {
        assertThat(pair.master().sql("SELECT count(*) FROM userfeatures")).isEqualTo("2000");
        assertThat(pair.slave().sql("SELECT count(*) FROM userfeatures")).isEqualTo("20");
        assertThat(pair.master().sql("SELECT uuid FROM infos"))
                .isNotEqualTo(pair.slave().sql("SELECT uuid FROM infos"));
        assertThat(pair.master().run("ls", "/var/lib/xivo/sounds/playback")).isNotEmpty();
        assertThat(pair.slave().run("ls", "/var/lib/xivo/sounds/playback")).isEmpty();
    }

    @Test
    void nodesAreMachinesOfTheirOwn(Pair pair) {
        for (String file : new String[] {"/etc/machine-id", "/etc/ssh/ssh_host_ed25519_key.pub", "/etc/hostname"}) {
            assertThat(pair.master().run("cat", file)).isNotEqualTo(pair.slave().run("cat", file));
        }
        assertThat(pair.slave().exec("ssh-keyscan", "-T", "5", "master").out()).contains("ssh-ed25519");
    }

    @Test
    void nodesReachTheWitnessAndNothingBeyond(Pair pair) {
        for (Node node : pair.nodes()) {
            assertThat(ping(node, pair.witness()).ok()).isTrue();
            assertThat(ping(node, pair.peerOf(node).address()).ok()).isTrue();
            assertThat(ping(node, "192.0.2.1").ok()).isFalse();
        }
    }

    @Test
    void phoneRegistersWithTheMasterAndCalls(Pair pair) {
        Phone phone = pair.phone("100");
        assertThat(phone.register().server()).isSameAs(pair.master());
        Call call = phone.call("600", TALK);
        assertThat(call.awaitAnswer(SOON)).isTrue();
        assertThat(pair.master().asterisk("core show channels concise")).contains("PJSIP/100");
        assertThat(call.outcome()).isEqualTo(Call.Outcome.COMPLETED);
    }

    @Test
    void phonesCallEachOther(Pair pair) {
        Phone alice = pair.phone("100");
        Phone bruno = pair.phone("101");
        alice.register();
        bruno.register();
        Call ring = bruno.awaitRing(SOON);
        assertThat(alice.call("101", TALK).outcome()).isEqualTo(Call.Outcome.COMPLETED);
        assertThat(ring.outcome()).isEqualTo(Call.Outcome.COMPLETED);
    }

    @Test
    void callToNobodyIsNotAnswered(Pair pair) {
        Phone phone = pair.phone("102");
        phone.register();
        assertThat(phone.call("999", TALK).outcome()).isEqualTo(Call.Outcome.UNANSWERED);
    }

    @Test
    void phoneTakesTheBackupWhenTheMasterIsOff(Pair pair) {
        pair.master().powerOff();
        Phone phone = pair.phone("100");
        Phone.Registration registration = phone.register();
        assertThat(registration.server()).isSameAs(pair.slave());
        assertThat(registration.took()).isGreaterThan(Duration.ofSeconds(3));
        assertThat(phone.call("600", TALK).outcome()).isEqualTo(Call.Outcome.COMPLETED);
    }

    @Test
    void callIsCutWhenTheServerLosesPower(Pair pair) {
        Phone phone = pair.phone("100");
        phone.register();
        Call call = phone.call("600", TALK);
        assertThat(call.awaitAnswer(SOON)).isTrue();
        pair.master().powerOff();
        assertThat(call.outcome()).isEqualTo(Call.Outcome.CUT);
        assertThat(call.why()).contains("retransmission timeout");
    }

    @Test
    void callIsCutWhenAsteriskHangsUp(Pair pair) {
        Phone phone = pair.phone("100");
        phone.register();
        Call call = phone.call("600", TALK);
        assertThat(call.awaitAnswer(SOON)).isTrue();
        pair.master().asterisk("channel request hangup all");
        assertThat(call.outcome()).isEqualTo(Call.Outcome.CUT);
        assertThat(call.why()).contains("unexpected BYE");
    }

    @Test
    void powerComesBackAsAnotherBootOfTheSameMachine(Pair pair) {
        Node master = pair.master();
        String machine = master.run("cat", "/etc/machine-id");
        String boot = master.run("cat", "/proc/sys/kernel/random/boot_id");
        master.write("/root/kept", "kept\n");
        master.powerOff();
        assertThat(ping(pair.slave(), master.address()).ok()).isFalse();
        master.powerOn();
        awaitSip(master);
        assertThat(master.run("cat", "/etc/machine-id")).isEqualTo(machine);
        assertThat(master.run("cat", "/proc/sys/kernel/random/boot_id")).isNotEqualTo(boot);
        assertThat(master.run("cat", "/root/kept")).isEqualTo("kept");
    }

    @Test
    void rebootSaysGoodbye(Pair pair) {
        Node master = pair.master();
        master.reboot();
        awaitSip(master);
        assertThat(master.run("journalctl", "--no-pager", "--boot=-1", "--unit=asterisk.service"))
                .contains("Stopped");
    }

    @Test
    void frozenNodeAnswersPingOnly(Pair pair) {
        Node master = pair.master();
        master.freeze();
        assertThat(ping(pair.slave(), master.address()).ok()).isTrue();
        assertThat(master.answersSip()).isFalse();
        master.thaw();
        awaitSip(master);
    }

    @Test
    void crashedAsteriskIsRestartedBySystemd(Pair pair) {
        Node master = pair.master();
        String before = pid(master);
        master.crashAsterisk();
        await().atMost(SOON)
                .until(() -> !pid(master).equals(before) && !pid(master).equals("0"));
        awaitSip(master);
    }

    @Test
    void hungAsteriskKeepsItsProcessAndAnswersNobody(Pair pair) {
        Node master = pair.master();
        String before = pid(master);
        master.hangAsterisk();
        assertThat(master.answersSip()).isFalse();
        assertThat(pid(master)).isEqualTo(before);
        master.resumeAsterisk();
        awaitSip(master);
    }

    @Test
    void brokenAsteriskDoesNotStartUntilMended(Pair pair) {
        Node master = pair.master();
        master.breakAsterisk();
        assertThat(master.exec("systemctl", "start", "asterisk.service").ok()).isFalse();
        assertThat(master.answersSip()).isFalse();
        master.mendAsterisk();
        master.run("systemctl", "reset-failed", "asterisk.service");
        master.run("systemctl", "start", "asterisk.service");
        awaitSip(master);
    }

    @Test
    void cutNetworkIsGoneUntilRejoined(Pair pair) {
        Node master = pair.master();
        master.cutNetwork();
        assertThat(ping(master, pair.witness()).err()).contains("unreachable");
        assertThat(ping(pair.slave(), master.address()).ok()).isFalse();
        master.rejoin();
        assertThat(ping(master, pair.witness()).ok()).isTrue();
        assertThat(master.run("ip", "-4", "-o", "address", "show", "dev", "eth0"))
                .contains(master.address());
        awaitSip(master);
    }

    @Test
    void isolatedNodeIsSilent(Pair pair) {
        pair.master().isolate();
        assertThat(ping(pair.slave(), pair.master().address()).ok()).isFalse();
        assertThat(pair.master().answersSip()).isFalse();
        pair.master().openNetwork();
        assertThat(pair.master().answersSip()).isTrue();
    }

    @Test
    void packetsAreDroppedOneWayByPeerAndPort(Pair pair) {
        Node master = pair.master();
        Node slave = pair.slave();
        master.drop(Traffic.from(slave).icmp());
        assertThat(ping(slave, master.address()).ok()).isFalse();
        assertThat(ping(master, pair.witness()).ok()).isTrue();
        master.drop(Traffic.in().sip());
        assertThat(master.answersSip()).isFalse();
        assertThat(slave.answersSip()).isTrue();
    }

    @Test
    void packetsAreLostAtRandom(Pair pair) {
        pair.master().losePackets(0.5);
        Result pings = pair.slave()
                .exec("ping", "-c", "60", "-i", "0.05", "-W", "1", pair.master().address());
        // Both ways count: a quarter comes back; the chance of a wrong verdict is below one in a million.
        assertThat(pings.out()).doesNotContain(" 0% packet loss").doesNotContain("100% packet loss");
    }

    @Test
    void slowNetworkTakesItsTime(Pair pair) {
        Node master = pair.master();
        master.slowNetwork(64);
        assertThat(master.run("tc", "qdisc", "show", "dev", "eth0")).contains("rate 64Kbit");
        master.restoreSpeed();
        assertThat(master.run("tc", "qdisc", "show", "dev", "eth0")).doesNotContain("tbf");
    }

    @Test
    void fullDiskKeepsItsContentAndTakesNoMore(Pair pair) {
        Node master = pair.master();
        String file = "/var/lib/xivo/certificates/README";
        master.fullDisk("/var/lib/xivo");
        assertThat(master.run("cat", file)).isEqualTo("master");
        assertThat(grow(master).err()).contains("No space left on device");
        master.freeDisk("/var/lib/xivo");
        assertThat(grow(master).ok()).isTrue();
        master.heal();
        assertThat(master.run("findmnt", "--noheadings", "--output", "FSTYPE", "--target", "/var/lib/xivo"))
                .isEqualTo("overlay");
        assertThat(master.run("stat", "--format=%s", "/var/lib/xivo/grown")).isEqualTo("65536");
    }

    @Test
    void killedDatabaseStaysDeadUntilStarted(Pair pair) {
        Node master = pair.master();
        master.killDatabase();
        await().atMost(SOON).until(() -> !master.exec("pg_isready", "--quiet").ok());
        master.startDatabase();
        assertThat(master.sql("SELECT 1")).isEqualTo("1");
    }

    @Test
    void programsReadWhatTheyAreGiven(Pair pair) {
        Result echo = pair.slave().feed(SOON, "one\ntwo\n", "cat");
        assertThat(echo.orFail()).isEqualTo("one\ntwo");
    }

    @Test
    void failureLeavesEvidenceOfBothNodesEvenOfADeadOne(Pair pair, @TempDir Path directory) {
        pair.master().powerOff();
        new Evidence(directory).collect(pair);
        assertThat(directory.resolve("slave/91-journal.txt")).content().contains("Asterisk PBX");
        assertThat(directory.resolve("slave/51-routes.txt")).content().contains(pair.witness());
        assertThat(directory.resolve("master/var-log-asterisk.tar")).isNotEmptyFile();
        assertThat(directory.resolve("master/var-log-journal.tar")).isNotEmptyFile();
    }

    @Test
    void errorThatTheAgentLogsIsFoundUnlessExpected(Pair pair) {
        Instant start = Instant.now();
        pair.slave().run("systemd-run", "--wait", "--unit=pbx-ha", "echo", "<3>the roof is on fire");
        Evidence evidence = new Evidence(Path.of("unused"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(evidence.unexpectedErrors(pair, start))
                        .containsExactly("slave: the roof is on fire"));
        pair.expectError("roof");
        assertThat(evidence.unexpectedErrors(pair, start)).isEmpty();
    }

    private static Result grow(Node node) {
        return node.exec("dd", "if=/dev/zero", "of=/var/lib/xivo/grown", "bs=64k", "count=1");
    }

    private static Result ping(Node from, String to) {
        return from.exec("ping", "-n", "-c", "1", "-W", "1", to);
    }

    private static String pid(Node node) {
        return node.run("systemctl", "show", "--property=MainPID", "--value", "asterisk.service");
    }

    private static void awaitSip(Node node) {
        await(node.name() + " answers SIP").atMost(SOON).until(node::answersSip);
    }
}
