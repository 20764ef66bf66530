// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.pbxha.agent.config.CategoryFate.Fate;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.testing.GoldenFile;

/** The built-in profiles, and what they must never lose. */
class ProfilesTest {
    static final List<String> NAMES = ProfileLoader.BUILT_IN;

    @ParameterizedTest
    @FieldSource("NAMES")
    void readsInWords(String name) throws ConfigException {
        GoldenFile.of("agent/src/test/resources/profiles/" + name + ".txt").assertIs(ProfileText.render(load(name)));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void doesNotServeWithoutAsteriskNorRestWithIt(String name) throws ConfigException {
        Profile profile = load(name);

        assertThat(profile.gatedUnits()).contains("asterisk.service");
        assertThat(profile.start())
                .anyMatch(step -> step instanceof Step.StartUnits start
                        && start.required().contains("asterisk.service"));
        assertThat(profile.stop())
                .anyMatch(step ->
                        step instanceof Step.StopUnits stop && stop.required().contains("asterisk.service"));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void startsAsteriskBeforeAnythingThatMayTakeLong(String name) throws ConfigException {
        Profile profile = load(name);
        int asterisk = indexOfAsterisk(profile.start());

        assertThat(profile.start().subList(0, asterisk))
                .noneMatch(step ->
                        step instanceof Step.RunProgram run && run.limit().toSeconds() > 5)
                .noneMatch(step ->
                        step instanceof Step.StartUnits start && start.limit().toSeconds() > 15);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void leavesServiceInTheOppositeOrder(String name) throws ConfigException {
        Profile profile = load(name);
        List<String> started = profile.start().stream()
                .filter(Step.StartUnits.class::isInstance)
                .flatMap(step -> ((Step.StartUnits) step).units().stream())
                .toList();
        List<String> stopped = profile.stop().stream()
                .filter(Step.StopUnits.class::isInstance)
                .flatMap(step -> ((Step.StopUnits) step).units().stream())
                .toList();

        assertThat(started).containsAll(stopped);
        assertThat(stopped).doesNotHaveDuplicates();
        if (stopped.contains("monit.service")) {
            assertThat(stopped.get(0)).as("it would start Asterisk again").isEqualTo("monit.service");
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void namesItsVersionTables(String name) throws ConfigException {
        load(name)
                .database()
                .ifPresent(database -> assertThat(database.versionTables()).isNotEmpty());
    }

    @Test
    void relogsAgentsOncePerTakeoverAfterAsteriskAndTheAgentDaemonStart() throws ConfigException {
        List<Step> start = load("xivo").start();
        Step.RunProgram relog = start.stream()
                .filter(step -> step.text().contains("relog all"))
                .map(Step.RunProgram.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(relog.oncePerTakeover()).isTrue();
        assertThat(relog.argv()).containsExactly("/usr/bin/xivo-agentd-cli", "-c", "relog all");
        assertThat(start.subList(0, start.indexOf(relog)))
                .anyMatch(step ->
                        step instanceof Step.StartUnits units && units.units().contains("xivo-agentd.service"));
    }

    @Test
    void leavesTheTablesOfEachXivoNodeAlone() throws ConfigException {
        Profile.Database database = load("xivo").database().orElseThrow();

        assertThat(tables(database, Fate.LEAVE))
                .contains("netiface", "resolvconf", "mail", "monitoring", "session", "cel", "queue_log", "call_log")
                .contains("stat_*")
                .doesNotContain("dhcp", "agent_login_status", "staticsip", "infos");
        assertThat(tables(database, Fate.REPLICATE)).containsExactly("dhcp", "provisioning", "infos");
        assertThat(database.unnamed()).isEqualTo(Fate.REPLICATE);
    }

    @Test
    void leavesDhcpOfWazoToEachNode() throws ConfigException {
        Profile.Database database = load("wazo").database().orElseThrow();

        assertThat(tables(database, Fate.LEAVE)).contains("dhcp", "cel", "call_logd_call_log", "stat_*");
        assertThat(database.unnamed()).isEqualTo(Fate.REPLICATE);
    }

    private static List<String> tables(Profile.Database database, Fate fate) {
        return database.categories().stream()
                .filter(category -> category.fate() == fate)
                .flatMap(category -> category.tables().stream())
                .toList();
    }

    @Test
    void synchronisesTheSevenDirectoriesOfXivo() throws ConfigException {
        assertThat(load("xivo").directories()).hasSize(7);
    }

    private static int indexOfAsterisk(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.StartUnits start && start.units().contains("asterisk.service")) {
                return i;
            }
        }
        throw new AssertionError("Asterisk is not started");
    }

    private static Profile load(String name) throws ConfigException {
        return new ProfileLoader(Path.of("/nonexistent")).load(name);
    }
}
