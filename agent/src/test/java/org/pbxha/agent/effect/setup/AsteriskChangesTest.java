// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.setup.Change;

class AsteriskChangesTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String ACCOUNT = "etc/asterisk/manager.d/pbx-ha.conf";

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

    @Test
    void leavesAManagerInterfaceThatIsOnAsItIs() throws Exception {
        changes().account("pbx-ha", SECRET).apply();
        assertThat(node.content(ACCOUNT))
                .contains("[pbx-ha]\nsecret = " + SECRET)
                .doesNotContain("enabled");
        assertThat(node.programs.calls).contains("/usr/sbin/asterisk -rx manager reload");
    }

    @Test
    void switchesAManagerInterfaceOnThatIsOffForThisMachineOnlyAndKeepsItOn() throws Exception {
        node.programs.managerOn = false;
        changes().account("pbx-ha", SECRET).apply();
        assertThat(node.content(ACCOUNT)).contains("[general](+)\nenabled = yes\nbindaddr = 127.0.0.1\n");
        node.programs.managerOn = true;
        assertThat(changes().account("pbx-ha", SECRET).isDone()).isTrue();
    }

    @Test
    void readsTheFileOfAnAsteriskThatDoesNotRun() throws Exception {
        node.programs.asteriskRuns = false;
        node.put("etc/asterisk/manager.conf", "[general]\n;enabled = yes\n");
        assertThat(changes().account("pbx-ha", SECRET).describe()).contains("switch the manager interface on");
        node.put("etc/asterisk/manager.conf", "[general]\nenabled = yes\n");
        assertThat(changes().account("pbx-ha", SECRET).describe()).doesNotContain("switch");
    }

    @Test
    void switchesItOnWhereOnlyTheNextReloadWouldSwitchItOff() throws Exception {
        node.put("etc/asterisk/manager.conf", "[general]\nenabled = no\n");
        assertThat(changes().account("pbx-ha", SECRET).describe()).contains("switch the manager interface on");
    }

    @Test
    void saysWhenAsteriskDoesNotReadTheDirectory() throws Exception {
        node.programs.readsManagerDirectory = false;
        Change account = changes().account("pbx-ha", SECRET);
        assertThatThrownBy(account::apply)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does manager.conf include that directory");
    }

    @Test
    void usesTheIncludeDirectoryOfAPlatformThatHasOne() throws Exception {
        Path directory = Files.createDirectories(root.resolve("etc/asterisk/pjsip.d"));
        Profile.Asterisk wazo = new Profile.Asterisk(
                node.profile.asterisk().managerDirectory(),
                node.profile.asterisk().pjsipFile(),
                Optional.of(directory));
        List<Change> changes = new AsteriskChanges(wazo, new Neighbours(node.programs.programs())).endpoint(nodes());
        assertThat(changes).hasSize(1);
        changes.get(0).apply();
        assertThat(directory.resolve("pbx-ha.conf")).content().contains("match = 192.0.2.1");
    }

    @Test
    void makesNoEndpointWhereThereIsNoPjsip() throws Exception {
        Files.delete(node.profile.asterisk().pjsipFile());
        assertThat(changes().endpoint(nodes())).isEmpty();
    }

    @Test
    void writesForAnAsteriskThatDoesNotRun() throws Exception {
        node.programs.asteriskRuns = false;
        changes().account("pbx-ha", SECRET).apply();
        assertThat(changes().account("pbx-ha", SECRET).isDone()).isTrue();
    }

    private AsteriskChanges changes() {
        return new AsteriskChanges(node.profile.asterisk(), new Neighbours(node.programs.programs()));
    }

    private static List<InetAddress> nodes() throws IOException {
        return List.of(InetAddress.getByName("192.0.2.1"));
    }
}
