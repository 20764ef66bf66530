// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Role;

/** What becomes of files that somebody else has changed between setup and disable. */
class UndoneFilesTest {
    private static final String PJSIP = "etc/asterisk/pjsip.conf";
    private static final String HBA = "etc/postgresql/13/main/pg_hba.conf";
    private static final String POSTGRES = "etc/postgresql/13/main/postgresql.conf";

    @TempDir(factory = InMemory.class)
    private Path root;

    private TestNode node;

    @BeforeEach
    void setUp() throws Exception {
        node = new TestNode(root.toRealPath());
        node.plan(Role.SLAVE).apply(line -> {});
    }

    @AfterEach
    void halt() {
        node.close();
    }

    @Test
    void anAccountThatWasChangedIsLeftAloneAndItIsSaid() throws Exception {
        node.put("etc/asterisk/manager.d/pbx-ha.conf", "[pbx-ha]\nsecret=mine\n");
        undo();
        assertThat(node.content("etc/asterisk/manager.d/pbx-ha.conf")).isEqualTo("[pbx-ha]\nsecret=mine\n");
        assertThat(node.said)
                .anyMatch(line ->
                        line.endsWith("manager.d/pbx-ha.conf: left alone, it was changed by" + " somebody else since"));
    }

    @Test
    void anOldCronFileThatCameBackIsLeftAlone() throws Exception {
        node.put("etc/cron.d/xivo-ha-slave", "# by the web interface\n");
        undo();
        assertThat(node.content("etc/cron.d/xivo-ha-slave")).isEqualTo("# by the web interface\n");
    }

    @Test
    void endpointsAddedMeanwhileStayWhenTheIncludeGoes() throws Exception {
        node.put(PJSIP, node.content(PJSIP) + "[phone]\ntype=endpoint\n");
        undo();
        assertThat(node.content(PJSIP))
                .isEqualTo("; M\u00fcller\n[transport-udp]\ntype=transport\n[phone]\ntype=endpoint\n");
    }

    @Test
    void theTrustLineComesBackBesideNewLines() throws Exception {
        node.put(HBA, node.content(HBA) + "host all all 10.0.0.0/8 md5\n");
        undo();
        assertThat(node.content(HBA)).isEqualTo("""
                        local all postgres peer
                        host all all 127.0.0.1/32 md5
                        host all all 10.0.0.0/8 md5
                        host asterisk postgres 192.0.2.1/32 trust
                        """);
    }

    @Test
    void aTrustLineThatCameBackByItselfIsLeftAlone() throws Exception {
        String rewritten = node.content(HBA) + "host asterisk postgres 192.0.2.9/32 trust\n";
        node.put(HBA, rewritten);
        undo();
        assertThat(node.content(HBA)).isEqualTo(rewritten);
    }

    @Test
    void keepsTheModeOfAFileItEdits() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(HBA))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void retiresOnlyWhatTheOlderHighAvailabilityWrote() throws Exception {
        assertThat(node.content(HBA)).isEqualTo("local all postgres peer\nhost all all 127.0.0.1/32 md5\n");
        assertThat(node.content(POSTGRES)).isEqualTo("port = 5432\n#listen_addresses = 'x'\nwork_mem = 4MB\n");
        assertThat(node.programs.calls).contains("/bin/systemctl reload postgresql.service");
        assertThat(node.programs.calls).noneMatch(call -> call.contains("restart postgresql"));
    }

    @Test
    void aDirectoryThatSyncHasFilledStays() throws Exception {
        node.put("var/lib/asterisk/moh/music.wav", "la");
        undo();
        assertThat(node.content("var/lib/asterisk/moh/music.wav")).isEqualTo("la");
        assertThat(root.resolve("etc/asterisk/extensions_extra.d")).doesNotExist();
    }

    @Test
    void adminsOwnDropInsStay() throws Exception {
        undo();
        assertThat(root.resolve("etc/systemd/system/asterisk.service.d/local.conf"))
                .exists();
        assertThat(root.resolve("etc/systemd/system/asterisk.service.d/50-pbx-ha.conf"))
                .doesNotExist();
    }

    @Test
    void aDatabaseOpenedToTheNetworkForOtherReasonsStaysOpen(@TempDir(factory = InMemory.class) Path other)
            throws Exception {
        try (TestNode reporting = new TestNode(other.toRealPath())) {
            reporting.put(HBA, "host all reporting 10.0.0.0/8 md5\n");
            reporting.plan(Role.SLAVE).apply(line -> {});
            assertThat(reporting.content(POSTGRES)).isEqualTo(TestNode.POSTGRES);
        }
    }

    private void undo() throws Exception {
        node.record.undoAll(node.said::add);
        assertThat(node.record.isEmpty()).isTrue();
    }
}
