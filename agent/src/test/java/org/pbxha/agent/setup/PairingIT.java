// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.Fingerprint;
import org.pbxha.agent.link.Identity;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.profile.ProfileLoader;

/** Both commands with a real link between them; the changes of the nodes are small stand-ins. */
@Timeout(120)
class PairingIT {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    private FakeNode master;
    private FakeNode slave;
    private final ScriptedDialogue slaveSays = new ScriptedDialogue();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private CompletableFuture<Integer> slaveRuns = new CompletableFuture<>();
    private final ScriptedDialogue masterSays = new ScriptedDialogue();

    @BeforeEach
    void twoNodes() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        // One loopback serves both: only the slave's agent really listens.
        master = new FakeNode(Files.createDirectory(directory.resolve("master")), 0);
        slave = new FakeNode(Files.createDirectory(directory.resolve("slave")), port);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        master.close();
        slave.close();
    }

    @Test
    void pairsAsAPersonWould() throws Exception {
        startSlave("y");
        assertThat(runMaster(codeOfSlave(), "y")).isZero();
        assertThat(slaveRuns.join()).isZero();
        assertThat(slave.planned).last().satisfies(node -> {
            assertThat(node.role()).isEqualTo(Role.SLAVE);
            assertThat(node.peerKey()).isEqualTo(master.ownKey(Role.MASTER));
            assertThat(node.peerHostKeys()).containsExactly("ssh-ed25519 host-key-of-MASTER");
            assertThat(node.peer()).isEqualTo(HERE);
        });
        assertThat(master.planned).last().satisfies(node -> {
            assertThat(node.role()).isEqualTo(Role.MASTER);
            assertThat(node.peerKey()).isEqualTo(slave.ownKey(Role.SLAVE));
            assertThat(node.peerHostKeys()).containsExactly("ssh-ed25519 host-key-of-SLAVE");
        });
        assertThat(masterSays.problems).isEmpty();
        assertThat(masterSays.said)
                .anySatisfy(line -> assertThat(line).contains("WHERE TELEPHONY STOPS"))
                .anySatisfy(line -> assertThat(line).contains("pbx-ha status"));
    }

    @Test
    void bothNodesAreTestedFromBothSidesBeforeAnythingChanges() throws Exception {
        startSlave("y");
        assertThat(runMaster(codeOfSlave(), "n")).isEqualTo(1);
        assertThat(slave.reached).singleElement().satisfies(reach -> {
            assertThat(reach.linkListens()).isFalse();
            assertThat(reach.sshPort()).isEqualTo(22);
            assertThat(reach.sipPort()).isEqualTo(5060);
        });
        assertThat(master.reached)
                .singleElement()
                .satisfies(reach -> assertThat(reach.linkListens()).isTrue());
        assertThat(masterSays.said).contains("  - make the agent", "Nothing was changed.");
        nothingHasChanged(master);
        assertThat(slave.directory.resolve("state")).doesNotExist();
        assertThat(slaveRuns).isNotDone();
    }

    @Test
    void aTypingErrorIsNoticedBeforeAnythingIsSent() throws Exception {
        assertThat(runMaster("ABCD-EFGH")).isEqualTo(1);
        assertThat(masterSays.problems)
                .singleElement()
                .asString()
                .contains("56 letters")
                .contains("Nothing was sent");
        nothingHasChanged(master);
    }

    @Test
    void theCodeOfAnotherNodeIsRefusedByTheMaster() throws Exception {
        startSlave("y");
        codeOfSlave();
        String other = PairingCode.generate(Fingerprint.parse("ab".repeat(32))).text();
        assertThat(runMaster(other)).isEqualTo(1);
        assertThat(masterSays.problems).singleElement().asString().contains("The code belongs to another node");
        nothingHasChanged(master);
    }

    @Test
    void anOldCodeOfTheSlaveIsRefusedFiveTimesAndThenTheWindowShuts() throws Exception {
        startSlave("y");
        String current = codeOfSlave();
        String old = PairingCode.generate(Identity.ensure(slave.directory).fingerprint())
                .text();
        for (int left = 4; left >= 0; left--) {
            assertThat(runMaster(old)).isEqualTo(1);
            assertThat(masterSays.problems).last().asString().contains("(" + left + " tries left)");
        }
        assertThat(slaveRuns.join()).isEqualTo(1);
        assertThat(slaveSays.problems).singleElement().asString().contains("5 wrong codes were tried");
        assertThat(slave.directory.resolve("state")).doesNotExist();
        assertThat(runMaster(current)).isEqualTo(1);
        assertThat(masterSays.problems).last().asString().contains("Run `pbx-ha setup slave` there first");
        nothingHasChanged(master);
    }

    @Test
    void anErrorThatTheSlaveFindsStopsTheMaster() throws Exception {
        slave.peerChecks = List.of(Check.error("this node is paired with 10.9.9.9", "run first: pbx-ha setup disable"));
        startSlave("y");
        assertThat(runMaster(codeOfSlave())).isEqualTo(1);
        assertThat(masterSays.said)
                .contains(
                        "  error    this node is paired with 10.9.9.9",
                        "           -> run first: pbx-ha setup disable");
        nothingHasChanged(master);
    }

    @Test
    void anotherVersionStopsTheMaster() throws Exception {
        master.compared = List.of(Check.error("the slave runs pbx-ha 0.2.0, this node 0.1.0", "Install the same."));
        startSlave("y");
        assertThat(runMaster(codeOfSlave())).isEqualTo(1);
        nothingHasChanged(master);
    }

    @Test
    void nobodyListeningIsSaidWithTheNextStep() throws Exception {
        String code = PairingCode.generate(Fingerprint.parse("ab".repeat(32))).text();
        assertThat(runMaster(code)).isEqualTo(1);
        assertThat(masterSays.problems).singleElement().asString().contains("Run `pbx-ha setup slave` there first");
        nothingHasChanged(master);
    }

    @Test
    void withoutATerminalAndWithoutYesNothingBegins() throws Exception {
        assertThat(slave("n", new ScriptedDialogue().absent()).run()).isEqualTo(2);
        assertThat(master(new ScriptedDialogue().absent(), false).run()).isEqualTo(2);
        nothingHasChanged(master);
        nothingHasChanged(slave);
    }

    @Test
    void aScriptGivesTheCodeOnStandardInputAndItsConsentByOption() throws Exception {
        startSlave("y");
        ScriptedDialogue script = new ScriptedDialogue().absent().answers(codeOfSlave());
        assertThat(master(script, true).run()).isZero();
        assertThat(script.questions).hasSize(1);
    }

    @Test
    void aMasterThatFailsMidwayLeavesTheSlaveAloneAndIsRunAgain() throws Exception {
        startSlave("y");
        master.failingChange = "state";
        assertThatThrownBy(() -> runMaster(codeOfSlave(), "y"))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("no space left on device");
        assertThat(slave.directory.resolve("state")).doesNotExist();
        assertThat(slaveRuns).isNotDone();
        master.failingChange = null;
        assertThat(runMaster(codeOfSlave(), "y")).isZero();
        assertThat(slaveRuns.join()).isZero();
    }

    @Test
    void aSlaveThatFailsMidwayIsPairedAgainWithANewCode() throws Exception {
        slave.failingChange = "state";
        startSlave("y");
        CompletableFuture<Integer> masterRuns =
                CompletableFuture.supplyAsync(() -> call(() -> runMaster(codeOfSlave(), "y")), threads);
        assertThatThrownBy(slaveRuns::join).hasRootCauseMessage("no space left on device");
        slave.failingChange = null;
        slaveSays.said.clear();
        startSlave("y");
        ScriptedDialogue second = new ScriptedDialogue().answers(codeOfSlave(), "y");
        assertThat(master(second, false).run()).isZero();
        assertThat(slaveRuns.join()).isZero();
        assertThat(masterRuns.join()).isZero();
    }

    @Test
    void runAgainItAsksForNoCodeAndProvesTheWayForTheFiles() throws Exception {
        startSlave("y");
        assertThat(runMaster(codeOfSlave(), "y")).isZero();
        slaveRuns.join();
        ScriptedDialogue second = new ScriptedDialogue();
        assertThat(master(second, false).run()).isZero();
        assertThat(second.questions).isEmpty();
        master.proof = Check.error("no SSH answer from 127.0.0.1", "Start sshd there.");
        assertThat(master(new ScriptedDialogue(), false).run()).isEqualTo(1);
    }

    @Test
    void runAgainWhileTheSlaveStillChangesItselfItWaitsForIt() throws Exception {
        startSlave("y");
        assertThat(runMaster(codeOfSlave(), "y")).isZero();
        slaveRuns.join();
        slave.close();
        ScriptedDialogue second = new ScriptedDialogue();
        CompletableFuture<Integer> again = CompletableFuture.supplyAsync(
                () -> call(() -> master(second, false).run()), threads);
        await().until(() -> second.said.stream().anyMatch(line -> line.contains("paired before")));
        slave.startAgent();
        assertThat(again.join()).isZero();
        assertThat(second.questions).isEmpty();
    }

    @Test
    void disableTakesEverythingBackAfterOneQuestion() throws Exception {
        startSlave("y");
        runMaster(codeOfSlave(), "y");
        slaveRuns.join();
        assertThat(new DisableSetup(slave, new ScriptedDialogue().answers(""), false).run())
                .isEqualTo(1);
        assertThat(slave.directory.resolve("state")).exists();
        assertThat(new DisableSetup(slave, new ScriptedDialogue().answers("yes"), false).run())
                .isZero();
        nothingHasChanged(slave);
        assertThat(new DisableSetup(slave, new ScriptedDialogue().absent(), false).run())
                .isZero();
    }

    @Test
    void aSlaveWithAnErrorShowsNoCode() throws Exception {
        slave.local = List.of(Check.error("rsync is missing", "apt install rsync"));
        assertThat(slave("y", slaveSays).run()).isEqualTo(1);
        assertThat(slaveSays.code()).isEmpty();
        nothingHasChanged(slave);
    }

    private void nothingHasChanged(FakeNode node) {
        assertThat(node.directory.resolve("setup.json")).doesNotExist();
        assertThat(node.directory.resolve("state")).doesNotExist();
        assertThat(node.directory.resolve("peer.pem")).doesNotExist();
    }

    private String codeOfSlave() {
        return await().atMost(Duration.ofSeconds(30))
                .until(slaveSays::code, Optional::isPresent)
                .orElseThrow();
    }

    private void startSlave(String consent) {
        slaveRuns = CompletableFuture.supplyAsync(
                () -> call(() -> slave(consent, slaveSays).run()), threads);
    }

    private int runMaster(String... answers) throws Exception {
        return master(masterSays.answers(answers), false).run();
    }

    private SlaveSetup slave(String consent, ScriptedDialogue dialogue) throws Exception {
        return new SlaveSetup(context(slave), dialogue.answers(consent), false);
    }

    private MasterSetup master(ScriptedDialogue dialogue, boolean yes) throws Exception {
        return new MasterSetup(context(master), HERE, HERE, dialogue, yes);
    }

    private SetupContext context(FakeNode node) throws Exception {
        Profile profile = new ProfileLoader(directory).load("asterisk");
        SetupContext.Ports ports = new SetupContext.Ports(slave.port, 22, 5060);
        return new SetupContext(node, node.directory, profile, "0.1.0", ports, List.of());
    }

    private interface Call {
        int run() throws Exception;
    }

    private static int call(Call call) {
        try {
            return call.run();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
