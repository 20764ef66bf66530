// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.config.CategoryFate.Fate;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.Problem;

class ProfileParserTest {
    private static final Path FILE = Path.of("/etc/pbx-ha/profiles/mine.yml");
    private static final String LEAST = """
            description: Mine
            directories: []
            gated-units: [asterisk.service]
            asterisk: {manager-directory: /etc/asterisk/manager.d, pjsip-file: /etc/asterisk/pjsip.conf}
            fail2ban-directory: /etc/fail2ban/jail.d
            start:
              - start: [asterisk.service]
            stop:
              - stop: [asterisk.service]
            """;

    @Test
    void readsTheLeastProfile() throws ConfigException {
        Profile profile = ProfileParser.parse("mine", FILE, LEAST);

        assertThat(profile.name()).isEqualTo("mine");
        assertThat(profile.database()).isEmpty();
        assertThat(profile.oldHa()).isEmpty();
        assertThat(profile.asterisk().pjsipDirectory()).isEqualTo(Optional.empty());
    }

    @Test
    void readsAProvisioningServerOfThisNodeOnly() throws ConfigException {
        assertThat(ProfileParser.parse("mine", FILE, LEAST).provisioningServer())
                .isEmpty();
        Profile profile =
                ProfileParser.parse("mine", FILE, LEAST + "provisioning-server: http://127.0.0.1:8666/provd\n");
        assertThat(profile.provisioningServer()).contains(URI.create("http://127.0.0.1:8666/provd"));
        assertThat(ProfileText.render(profile)).contains("  the provisioning server at http://127.0.0.1:8666/provd\n");
        for (String bad : List.of("http://192.0.2.1:8666/provd", "https://127.0.0.1", "127.0.0.1:8666")) {
            assertThat(problems(LEAST + "provisioning-server: " + bad + "\n"))
                    .anyMatch(problem -> problem.contains("must be an address like"));
        }
    }

    @Test
    void reportsAllProblemsAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                        description: Mine
                        directorys: []
                        database:
                          name: asterisk
                          owner: asterisk; drop
                          version-tables: [alembic_version]
                          categories:
                            - {name: a, reason: b, fate: leave, tables: [cel]}
                            - {name: c, reason: d, fate: leave, tables: [cel]}
                            - {name: e, reason: f, fate: keep}
                        gated-units: [asterisk]
                        asterisk: {manager-directory: etc, pjsip-file: /etc/asterisk/pjsip.conf}
                        fail2ban-directory: /etc/fail2ban/jail.d
                        start:
                          - {run: [xivo-update-keys], limit: 30}
                          - {run: [/bin/true], stop: [asterisk.service]}
                          - {start: [asterisk.service], requird: [asterisk.service]}
                          - {start: [asterisk.service], required: [agid.service]}
                          - {set: startup, in: /etc/default/xivo}
                          - wait
                          - {reboot: now}
                        """))
                .containsExactly(
                        "line 1: directories: is missing; it is a list of absolute paths of directories",
                        "line 1: stop: has no steps",
                        "line 2: directorys: unknown key; did you mean directories?",
                        "line 4: database.schema: is missing; it is a name of a table, role, database or schema",
                        "line 5: database.owner = asterisk; drop: must be a name of a table, role, database or schema",
                        "line 7: database.categories: cel is both in a and c",
                        "line 10: database.categories[3].fate = keep: must be one of replicate, leave",
                        "line 10: database.categories[3].tables: is missing; it is a list of table names and patterns",
                        "line 11: gated-units: asterisk must be a unit name with its suffix, such as asterisk.service",
                        "line 12: asterisk.manager-directory = etc: must be an absolute path without '.' or '..'; start it with '/'",
                        "line 15: start[1].run: must be an absolute path without '.' or '..'; start it with '/'",
                        "line 15: start[1].limit = 30: has no unit; write 30ms, 30s, 30m or 30h",
                        "line 16: start[2]: has several verbs: [run, stop]; a step is one of disable, enable, remove, run, set, start, stop, touch, try-reload, try-restart",
                        "line 17: start[3].requird: unknown key; did you mean required?",
                        "line 18: start[4].required: agid.service is not among the units of this step",
                        "line 19: start[5].to: is missing; it is a plain value (letters, digits, '_', '.', '/', '-')",
                        "line 20: start: expected a section, found a value",
                        "line 21: start[7]: has no verb; a step is one of disable, enable, remove, run, set, start, stop, touch, try-reload, try-restart");
    }

    private static final String DATABASE = """
            database:
              name: asterisk
              owner: asterisk
              schema: public
              version-tables: [alembic_version]
            """;

    @Test
    void readsCategoriesOfTables() throws ConfigException {
        Profile.Database database = ProfileParser.parse("mine", FILE, LEAST + DATABASE + """
                          unnamed-tables: leave
                          categories:
                            - {name: statistics, reason: made here, fate: leave, tables: ["stat_*", cdr]}
                            - {name: users, reason: the same people, fate: replicate, tables: [userfeatures]}
                        """)
                .database()
                .orElseThrow();

        assertThat(database.unnamed()).isEqualTo(Fate.LEAVE);
        assertThat(database.categories())
                .containsExactly(
                        new Profile.Category("statistics", "made here", Fate.LEAVE, List.of("stat_*", "cdr")),
                        new Profile.Category("users", "the same people", Fate.REPLICATE, List.of("userfeatures")));
    }

    @Test
    void readsProfilesOfTheFirstVersion() throws ConfigException {
        Profile.Database database = ProfileParser.parse("mine", FILE, LEAST + DATABASE + """
                          excluded:
                            - {category: web sessions, reason: logins, tables: [session]}
                        """)
                .database()
                .orElseThrow();

        assertThat(database.unnamed()).isEqualTo(Fate.REPLICATE);
        assertThat(database.categories())
                .containsExactly(new Profile.Category("web sessions", "logins", Fate.LEAVE, List.of("session")));
    }

    @Test
    void refusesCategoriesThatCannotBeToldApartAndPatternsWithSurprises() {
        assertThat(problems(LEAST + DATABASE + """
                          categories:
                            - {name: a, reason: b, fate: leave, tables: [cel]}
                            - {name: a, reason: c, fate: leave, tables: ["stat_[ab]"]}
                        """))
                .containsExactly(
                        "line 15: database.categories: there are two categories a; give each a name of its own",
                        "line 17: database.categories[2].tables: stat_[ab] must be a name of a table, or a pattern such as"
                                + " stat_*");
    }

    @Test
    void wantsEveryUnitThatLeavesServiceBehindTheGate() {
        assertThat(problems(LEAST.replace("stop: [asterisk.service]", "stop: [agid.service]")))
                .containsExactly(
                        "line 3: gated-units: agid.service is stopped on the standby node but not gated",
                        "line 3: gated-units: asterisk.service is gated but 'stop' does not stop it");
    }

    @Test
    void wantsEveryGatedUnitStarted() {
        assertThat(problems(LEAST.replace("start: [asterisk.service]", "start: [agid.service]")))
                .containsExactly("line 3: gated-units: asterisk.service is gated but 'start' does not start it");
    }

    @Test
    void refusesALimitWhereNothingIsAwaited() {
        assertThat(problems(LEAST.replace(
                        "- start: [asterisk.service]", "- {start: [asterisk.service], wait: false, limit: 5s}")))
                .singleElement()
                .asString()
                .contains("wait: is false, so neither a limit nor required units mean anything");
    }

    @Test
    void refusesAUnitThatLooksLikeAnOption() {
        assertThat(problems(LEAST.replace("asterisk.service]\nasterisk", "--force.service]\nasterisk")))
                .isNotEmpty();
    }

    @Test
    void refusesToSynchroniseTheStateOfTheNode() {
        assertThat(problems(LEAST.replace("directories: []", "directories: [/var/lib/pbx-ha]")))
                .singleElement()
                .asString()
                .contains("holds the keys and the state of this node");
    }

    private static List<String> problems(String text) {
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ProfileParser.parse("mine", FILE, text));
        assertThat(refused).as(text).isNotNull();
        return refused.problems().stream().map(Problem::text).toList();
    }
}
