// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.setup.Check;
import org.pbxha.agent.setup.Check.Level;

class LocalChecksTest {
    @TempDir(factory = InMemory.class)
    private Path root;

    private TestNode node;

    @BeforeEach
    void boot() throws IOException {
        node = new TestNode(root.toRealPath());
    }

    @AfterEach
    void halt() {
        node.close();
    }

    @Test
    void aGoodNodeHasNothingInTheWayAndItsOldHighAvailabilityIsNamed() {
        List<Check> checks = check(Role.SLAVE);
        assertThat(checks)
                .filteredOn(check ->
                        check.level() == Level.ERROR && !check.sentence().contains("root"))
                .isEmpty();
        assertThat(checks)
                .filteredOn(check -> check.level() == Level.WARNING)
                .singleElement()
                .satisfies(check -> assertThat(check.sentence())
                        .contains("/etc/xivo/ha.conf", "/etc/cron.d/xivo-ha-slave", "pg_hba.conf", "postgresql.conf")
                        .doesNotContain("xivo-ha-master"));
    }

    @Test
    void anEncodingOtherThanUtf8StandsInTheWay() {
        node.programs.postgres.encoding = "LATIN1";
        assertThat(errors(Role.MASTER)).anyMatch(sentence -> sentence.contains("is in LATIN1, not UTF-8"));
    }

    @Test
    void tablesOfASuperuserStandInTheWay() {
        node.programs.postgres.tables.put("made_by_hand", "postgres");
        assertThat(check(Role.MASTER))
                .filteredOn(check -> check.sentence().contains("owns made_by_hand,"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.level()).isEqualTo(Level.ERROR);
                    assertThat(check.next()).contains("ALTER TABLE NAME OWNER TO asterisk");
                });
    }

    @Test
    void aProvisioningServerThatIsNotThereIsSaidAndStandsInNobodysWay() {
        node.provd.close();
        assertThat(check(Role.MASTER))
                .filteredOn(check -> check.sentence().startsWith("No provisioning server listens at "))
                .singleElement()
                .satisfies(check -> assertThat(check.level()).isEqualTo(Level.WARNING));
        assertThat(check(Role.SLAVE)).noneMatch(check -> check.sentence().contains("provisioning server"));
    }

    @Test
    void aSystemdWithoutExecConditionStandsInTheWay() {
        node.programs.systemd = "systemd 241 (241)";
        assertThat(errors(Role.MASTER)).anyMatch(sentence -> sentence.startsWith("systemd 241 cannot"));
    }

    @Test
    void provisioningPluginsStandInTheWayOfASlaveOnly() throws Exception {
        node.put("var/lib/xivo-provd/plugins/xivo-aastra-3.3.1/entry.py", "");
        assertThat(errors(Role.SLAVE)).anyMatch(sentence -> sentence.contains("xivo-aastra-3.3.1"));
        assertThat(errors(Role.MASTER)).noneMatch(sentence -> sentence.contains("xivo-aastra"));
    }

    @Test
    void aNodeOfTheOtherRoleHasToBeDisabledFirst() throws Exception {
        node.plan(Role.MASTER).apply(line -> {});
        assertThat(errors(Role.SLAVE)).contains("this node is set up as master already");
        assertThat(errors(Role.MASTER)).doesNotContain("this node is set up as master already");
    }

    @Test
    void aConfigurationWithMistakesHasToBeRepairedFirst() throws Exception {
        node.put("etc/pbx-ha/pbx-ha.yml", "role: slav\n");
        assertThat(errors(Role.SLAVE)).anyMatch(sentence -> sentence.contains("has mistakes"));
    }

    private List<Check> check(Role role) {
        return new LocalChecks(node.places, node.programs.programs()).check(role, node.profile);
    }

    private List<String> errors(Role role) {
        return check(role).stream()
                .filter(check -> check.level() == Level.ERROR)
                .map(Check::sentence)
                .toList();
    }
}
