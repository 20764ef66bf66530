// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.config.SettingsLoader;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Plan;
import org.pbxha.agent.setup.SetupException;
import org.pbxha.agent.state.DurableState;
import org.pbxha.agent.state.NodeState;

class NodePlansTest {
    private static final String CONFIGURATION = "etc/pbx-ha/pbx-ha.yml";

    @TempDir(factory = InMemory.class)
    private Path root;

    private TestNode node;

    @BeforeEach
    void boot() throws IOException {
        node = new TestNode(root);
    }

    @AfterEach
    void halt() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"MASTER", "SLAVE"})
    void isCompleteAfterOneRunAndGoneAfterDisable(Role role) throws Exception {
        Map<String, String> before = node.snapshot();
        node.plan(role).apply(node.said::add);
        assertThat(node.plan(role).show()).isEmpty();
        assertThat(node.programs.agentEnabled).isTrue();

        node.record.undoAll(node.said::add);
        assertThat(node.snapshot()).isEqualTo(before);
        assertThat(node.programs.agentEnabled).isFalse();
        assertThat(node.programs.postgres.roles).doesNotContainKey("pbx_ha");
        assertThat(root.resolve("etc/systemd/system/monit.service.d")).doesNotExist();
    }

    @Test
    void writesAConfigurationThatTheAgentTakes() throws Exception {
        node.plan(Role.SLAVE).apply(node.said::add);
        Settings settings = SettingsLoader.load(root.resolve(CONFIGURATION));
        assertThat(settings.role()).isEqualTo(Role.SLAVE);
        assertThat(settings.nodeAddress().getHostAddress()).isEqualTo("192.0.2.2");
        assertThat(settings.peerAddress().getHostAddress()).isEqualTo("192.0.2.1");
        assertThat(settings.asterisk().amiSecretFile()).hasFileName("ami").exists();
        assertThat(settings.database().passwordFile()).hasFileName("database").exists();
    }

    @Test
    void keepsWhatTheAdministratorHasConfiguredWhenSetUpAgain() throws Exception {
        node.plan(Role.SLAVE).apply(node.said::add);
        String edited = node.content(CONFIGURATION)
                .replace("#after: 3s", "after: 7s # slow network")
                .replace("#target:", "target: jdbc:postgresql://reports/db?sslmode=require")
                .replace("#tables: [queue_log, cel]", "tables: [cel]");
        node.put(CONFIGURATION, edited);
        assertThat(node.plan(Role.SLAVE).show()).noneMatch(line -> line.startsWith("write"));

        node.put(CONFIGURATION, edited.replace("192.0.2.1", "192.0.2.77"));
        node.plan(Role.SLAVE).apply(node.said::add);
        Settings settings = SettingsLoader.load(root.resolve(CONFIGURATION));
        assertThat(settings.takeover().after()).hasSeconds(7);
        assertThat(settings.events().url()).contains("jdbc:postgresql://reports/db?sslmode=require");
        assertThat(settings.events().tables()).containsExactly("cel");
        assertThat(settings.peerAddress().getHostAddress()).isEqualTo("192.0.2.1");
    }

    @Test
    void keepsAnEditedConfigurationAsideAtDisable() throws Exception {
        node.plan(Role.SLAVE).apply(node.said::add);
        node.put(CONFIGURATION, node.content(CONFIGURATION) + "# mine\n");
        node.record.undoAll(node.said::add);
        assertThat(root.resolve(CONFIGURATION)).doesNotExist();
        assertThat(node.content(CONFIGURATION + ".disabled")).endsWith("# mine\n");
    }

    @Test
    void aSlaveBeginsOnStandbyAndServesAgainAtTheVeryEnd() throws Exception {
        node.plan(Role.SLAVE).apply(node.said::add);
        assertThat(state().state().service()).isEqualTo(ServiceState.STANDBY);
        node.record.undoAll(node.said::add);
        assertThat(node.served).containsExactly("xivo");
        assertThat(node.said).last().isEqualTo("serves");
        assertThat(root.resolve("etc/pbx-ha/rsyncd.conf")).doesNotExist();
    }

    @Test
    void aMasterStaysActiveAndNothingIsStartedOrStopped() throws Exception {
        node.plan(Role.MASTER).apply(node.said::add);
        assertThat(state().state().service()).isEqualTo(ServiceState.ACTIVE);
        node.record.undoAll(node.said::add);
        assertThat(node.served).isEmpty();
        assertThat(node.programs.calls).noneMatch(call -> call.matches(".*systemctl (re)?st(art|op).*asterisk.*"));
    }

    @Test
    void settingUpAgainMovesNoServiceState() throws Exception {
        node.plan(Role.SLAVE).apply(node.said::add);
        NodeState before = state();
        DurableState file = new DurableState(node.places.node().state());
        file.write(new NodeState(
                Role.SLAVE,
                new org.pbxha.agent.core.State(ServiceState.ACTIVE, 5, true, ServiceState.STANDBY),
                before.bootId(),
                before.since(),
                100,
                "the master is lost"));
        node.plan(Role.SLAVE).apply(node.said::add);
        assertThat(state().state().service()).isEqualTo(ServiceState.ACTIVE);
    }

    @Test
    void gatesUnitsThatAreNotInstalledYetButNamesOnlyThoseThatAre() throws Exception {
        assertThat(node.plan(Role.SLAVE).show())
                .contains("let telephony start only while this node is active: asterisk.service")
                .contains("stop telephony on this node until the master is lost: asterisk.service");
        node.plan(Role.SLAVE).apply(node.said::add);
        assertThat(root.resolve("etc/systemd/system/monit.service.d/50-pbx-ha.conf"))
                .isSymbolicLink();
    }

    @Test
    void forgetsWhatTheAgentKnewOfThePairButNotItsJournal() throws Exception {
        node.plan(Role.MASTER).apply(node.said::add);
        node.put("var/lib/pbx-ha/replication.json", "{}");
        node.put("var/lib/pbx-ha/journal.jsonl", "{}\n");
        node.record.undoAll(node.said::add);
        assertThat(root.resolve("var/lib/pbx-ha/replication.json")).doesNotExist();
        assertThat(root.resolve("var/lib/pbx-ha/journal.jsonl")).exists();
    }

    @Test
    void letsTheMastersKeyRunOneProgramOnly() throws Exception {
        node.plan(Role.SLAVE).apply(node.said::add);
        assertThat(node.content("root/.ssh/authorized_keys"))
                .isEqualTo("ssh-ed25519 AAAA admin@laptop\nrestrict,command=\"/usr/lib/pbx-ha/sync-receive\" "
                        + TestNode.PEER_KEY + " pbx-ha-sync\n");
        assertThat(node.content("var/lib/pbx-ha/fencing/known_hosts"))
                .isEqualTo("192.0.2.1 " + TestNode.HOST_KEY + "\n");
    }

    @Test
    void letsTheSlavesKeyFenceFromItsAddressAndDoNothingElse() throws Exception {
        node.plan(Role.MASTER).apply(node.said::add);
        assertThat(node.content("root/.ssh/authorized_keys"))
                .isEqualTo("ssh-ed25519 AAAA admin@laptop\n"
                        + "restrict,from=\"192.0.2.1\",command=\"/usr/lib/pbx-ha/fence\" " + TestNode.PEER_KEY
                        + " pbx-ha-fencing\n");
        node.record.undoAll(node.said::add);
        assertThat(node.content("root/.ssh/authorized_keys")).isEqualTo("ssh-ed25519 AAAA admin@laptop\n");
    }

    @Test
    void takesTheMarkOfAFenceAwayWithEverythingElse() throws Exception {
        node.plan(Role.MASTER).apply(node.said::add);
        node.put("var/lib/pbx-ha/fenced", "by=192.0.2.1\n");
        node.put("pbx-ha-fenced", "");
        node.record.undoAll(node.said::add);
        assertThat(root.resolve("var/lib/pbx-ha/fenced")).doesNotExist();
        assertThat(root.resolve("pbx-ha-fenced")).doesNotExist();
    }

    @Test
    void restartsARunningAgentThatHasNotReadTheNewConfiguration() throws Exception {
        node.plan(Role.MASTER).apply(node.said::add);
        Files.setLastModifiedTime(
                root.resolve(CONFIGURATION),
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(10)));
        assertThat(node.plan(Role.MASTER).show())
                .containsExactly("start the agent (pbx-ha.service), now and at every boot");
    }

    @Test
    void putsNoSecretIntoAnArgumentOrALine() throws Exception {
        node.plan(Role.SLAVE).apply(node.said::add);
        for (String name : List.of("ami", "database")) {
            String secret = node.content("var/lib/pbx-ha/secrets/" + name).strip();
            assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
            assertThat(node.programs.calls).noneMatch(call -> call.contains(secret));
            assertThat(node.said).noneMatch(line -> line.contains(secret));
        }
    }

    @Test
    void saysWhereToLookWhenTheAgentDoesNotStart() throws Exception {
        node.programs.agentStarts = false;
        Plan plan = node.plan(Role.MASTER);
        assertThatThrownBy(() -> plan.apply(node.said::add))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("journalctl -u pbx-ha.service");
    }

    @Test
    void startsTheAgentLastAndHasItsIdentityFirst() throws Exception {
        List<Change> changes = new NodePlans(node.places, node.programs.programs(), node.programs.postgres.times)
                .all(node.paired(Role.MASTER));
        assertThat(changes.get(0)).isInstanceOf(IdentityChange.class);
        assertThat(changes).last().isInstanceOf(AgentChange.class);
        assertThat(changes.stream().map(Change::id)).doesNotHaveDuplicates();
    }

    @Test
    void makesAnIdentityAndTakesItBack() throws Exception {
        Plan keys = new Plan(
                new NodePlans(node.places, node.programs.programs(), node.programs.postgres.times).keys(Role.MASTER),
                node.record);
        keys.apply(node.said::add);
        assertThat(keys.show()).isEmpty();
        assertThat(root.resolve("var/lib/pbx-ha/identity.p12")).exists();
        assertThat(SshKeyChange.publicKey(node.places.ssh())).startsWith("ssh-ed25519 ");
        node.record.undoAll(node.said::add);
        assertThat(root.resolve("var/lib/pbx-ha")).isDirectoryRecursivelyContaining(Files::isDirectory);
        assertThat(root.resolve("var/lib/pbx-ha/identity.p12")).doesNotExist();
    }

    @Test
    void leavesNoEmptyDirectoryOfItsSecretsButKeepsWhatIsNotOurs() throws Exception {
        NodeSetup setup =
                new NodeSetup(node.places, node.programs.programs(), node.programs.postgres.times, profile -> "serves");
        node.plan(Role.MASTER).apply(node.said::add);
        node.put("var/lib/pbx-ha/ssh/notes", "mine");
        setup.disable(node.said::add);
        assertThat(root.resolve("var/lib/pbx-ha/secrets")).doesNotExist();
        assertThat(root.resolve("var/lib/pbx-ha/ssh/notes")).exists();

        node.plan(Role.MASTER).apply(node.said::add);
        Files.delete(root.resolve("var/lib/pbx-ha/ssh/notes"));
        setup.disable(node.said::add);
        assertThat(root.resolve("var/lib/pbx-ha/ssh")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"MASTER", "SLAVE"})
    void bringsPhonesBackWithinMinutesAndAsBeforeAfterDisable(Role role) throws Exception {
        assertThat(node.plan(role).show())
                .contains("phones and trunks register again every 3 to 5 minutes (SIP expiry 180/240/300 instead of"
                        + " 60/120/7200)");
        node.plan(role).apply(node.said::add);
        assertThat(node.programs.postgres.times.line()).isEqualTo("180/240/300\n");
        assertThat(node.programs.calls).contains("/usr/sbin/asterisk -rx sip reload");

        node.programs.calls.clear();
        node.record.undoAll(node.said::add);
        assertThat(node.programs.postgres.times.line()).isEqualTo("60/120/7200\n");
        assertThat(node.said).contains("SIP expiry: 3 values restored");
        assertThat(node.programs.calls).contains("/usr/sbin/asterisk -rx sip reload");
    }

    @Test
    void hasWazoForgetWhatItGeneratedBeforeItsSipDriverIsReloaded() throws Exception {
        node.programs.wazo = true;
        node.programs.sipDrivers.clear();
        node.programs.sipDrivers.add("res_pjsip.so");
        node.plan(Role.MASTER).apply(node.said::add);
        assertThat(node.programs.calls)
                .containsSubsequence(
                        "/usr/bin/wazo-confgen asterisk/pjsip.conf --invalidate",
                        "/usr/sbin/asterisk -rx module reload res_pjsip.so")
                .doesNotContain("/usr/sbin/asterisk -rx sip reload");
    }

    @Test
    void plansNoExpiryForADatabaseWithoutSip() throws Exception {
        node.programs.postgres.times.values = List.of();
        assertThat(node.plan(Role.MASTER).show()).noneMatch(line -> line.contains("SIP expiry"));
    }

    @Test
    void namesTheSlaveToThePhonesOfTheMasterOnly() throws Exception {
        String line = "name 192.0.2.1 as backup registrar and proxy of the phones in the provisioning server";
        assertThat(node.plan(Role.SLAVE).show()).doesNotContain(line);
        assertThat(node.plan(Role.MASTER).show()).contains(line);
        String before = node.provd.registrar();
        node.plan(Role.MASTER).apply(node.said::add);
        assertThat(node.provd.registrar())
                .contains("\"registrar_backup\":\"192.0.2.1\"", "\"proxy_backup\":\"192.0.2.1\"");
        assertThat(node.plan(Role.MASTER).show()).isEmpty();
        node.record.undoAll(node.said::add);
        assertThat(node.provd.registrar()).isEqualTo(before);
    }

    @Test
    void aPairNeedsNoProvisioningServerButItsReturnIsAwaitedAtDisable() throws Exception {
        node.plan(Role.MASTER).apply(node.said::add);
        node.provd.refuses(503);
        assertThat(node.plan(Role.MASTER).show()).isEmpty();
        assertThatThrownBy(() -> node.record.undoAll(node.said::add))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("HTTP 503");
        node.provd.refuses(0);
        node.record.undoAll(node.said::add);
        assertThat(node.provd.registrar()).doesNotContain("backup");
        assertThat(node.record.isEmpty()).isTrue();
    }

    private NodeState state() throws IOException {
        return new DurableState(node.places.node().state()).read().orElseThrow();
    }
}
