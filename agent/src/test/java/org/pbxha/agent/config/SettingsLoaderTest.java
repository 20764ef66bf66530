// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
    private static final Path FILE = Path.of("/etc/pbx-ha/pbx-ha.yml");
    private static final String LEAST = """
            role: slave
            profile: xivo
            node:
              address: 192.0.2.12
            peer:
              address: 192.0.2.11
            """;

    @Test
    void reportsAllProblemsOfAFileAtOnceInItsOrder() {
        assertThat(problems("""
                        role: slvae
                        node:
                          address: 192.0.2.300
                        takeover:
                          afer: 3s
                          witness: 192.0.2.1
                        watch.interval: 1s
                        link:
                          port: 99999
                        link:
                          port: 8421
                        asterisk:
                          ami-secret-file: hunter2
                        database:
                        """))
                .containsExactly(
                        "line 1: role = slvae: must be one of master, slave, disabled; did you mean slave?",
                        "line 3: node.address = 192.0.2.300: is not an IP address; write the address itself, such as 192.0.2.10"
                                + " or 2001:db8::10, not a name",
                        "line 5: takeover.afer: unknown option; did you mean takeover.after?",
                        "line 6: takeover.witness: expected a list of values, found a value; write it as [first, second]",
                        "line 7: watch.interval: unknown option; write 'watch:' and below it, indented, 'interval:'",
                        "line 9: link.port = 99999: must be a port from 1 to 65535",
                        "line 10: link: given twice, first on line 8; keep one of them",
                        "line 13: asterisk.ami-secret-file = (not shown): must be an absolute path without '.' or '..'; start it with '/'",
                        "profile: is missing; it is a profile name (lower-case letters, digits, dashes)");
    }

    @Test
    void saysTheFileAndTheNumberOfProblems() {
        assertThatThrownBy(() -> SettingsLoader.parse(FILE, "rolle: slave\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "/etc/pbx-ha/pbx-ha.yml: 3 problems\n  line 1: rolle: unknown option; did you mean role?\n");
    }

    @Test
    void isQuietAboutWhatFollowsFromAFileThatIsNotYaml() {
        assertThat(problems("role: [slave\n")).singleElement().asString().contains("not readable as YAML");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    peer: {address: 192.0.2.12}|peer.address: is the same as node.address
                    peer: {address: '2001:db8::1'}|peer.address: is not of the same family as node.address
                    peer: {address: 127.0.0.1}|peer.address: is a loopback address, the other one is not
                    peer: {}|peer.address: is missing; a master or slave needs the addresses of both nodes
                    """)
    void refusesAPairThatIsNone(String peer, String expected) {
        String text = "role: slave\nprofile: xivo\nnode: {address: 192.0.2.12}\n" + peer + "\n";

        assertThat(problems(text)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    takeover: {witness: [192.0.2.11]}|192.0.2.11 is peer.address, a witness stands outside the pair
                    takeover: {witness: [192.0.2.12]}|192.0.2.12 is node.address, a witness stands outside the pair
                    takeover: {witness: [192.0.2.1, 192.0.2.1]}|192.0.2.1 is listed twice
                    takeover: {after: 1s}|takeover.after (1s) is less than three times watch.interval (500ms)
                    watch: {interval: 2s}|watch.interval: takeover.after (3s) is less than three times watch.interval (2s)
                    boot: {slave-wait: 18s}|boot.slave-wait (18s) is not longer than boot.master-wait and takeover.after together (18s)
                    boot: {master-wait: 5m}|boot.master-wait: boot.slave-wait (2m) is not longer
                    link: {port: 22}|link.port and ssh.port are both 22
                    ssh: {port: 8421}|ssh.port: link.port and ssh.port are both 8421
                    sync: {extra-directories: [/srv/a, /srv/a/b]}|/srv/a/b is inside /srv/a
                    replication: {categories: [dhcp=leave, dhcp=replicate]}|dhcp is both replicated and left alone
                    replication: {categories: [dhcp=leav]}|dhcp=leav must be a category and what happens to it, such as dhcp=leave; did you mean leave?
                    """)
    void refusesContradictions(String lines, String expected) {
        assertThat(problems(LEAST + lines + "\n")).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch: {interval: 3}",
                "watch: {interval: 10s}",
                "watch: {interval: -1s}",
                "watch: {interval: 99999999999999s}",
                "link: {port: 0}",
                "link: {port: 84e2}",
                "link: {bind: 224.0.0.1}",
                "node: 192.0.2.1",
                "takeover: {witness: [gateway.example.org]}",
                "takeover: {witness: [0.0.0.0]}",
                "takeover: {witness: [127.1]}",
                "takeover: {witness: [192.0.02.1]}",
                "takeover: {witness: ['fe80::1%eth0']}",
                "takeover: {witness: ['1::2::3']}",
                "takeover: {witness: [[192.0.2.1]]}",
                "takeover: {witness: [~]}",
                "asterisk: {ami-user: 'a b'}",
                "asterisk: {ami-secret-file: secrets/ami}",
                "asterisk: {ami-secret-file: /var/lib/../ami}",
                "database: {name: \"x'; drop\"}",
                "replication: {schedule: hourly}",
                "replication: {schedule: '0 * * * *'}",
                "replication: {schedule: '0 0 25 * * ?'}",
                "replication: {categories: dhcp=leave}",
                "replication: {categories: [dhcp]}",
                "replication: {categories: [=leave]}",
                "replication: {categories: [leave=dhcp]}",
                "sync: {extra-directories: [/etc]}",
                "sync: {extra-directories: [/]}",
                "sync: {extra-directories: [/proc/sys]}",
                "sync: {extra-directories: [/var/lib]}",
                "sync: {extra-directories: [/var/lib/pbx-ha/ssh]}",
                "sync: {extra-directories: [/etc/pbx-ha]}",
                "failback: {hold-down: {x: 1}}",
                "failback: {hold-down: }",
            })
    void refusesValuesThatAreNot(String line) {
        String base = line.startsWith("node:") ? LEAST.replace("node:\n  address: 192.0.2.12\n", "") : LEAST;

        assertThat(problems(base + line + "\n")).isNotEmpty();
    }

    @Test
    void ignoresASectionWhoseLinesAreAllCommentedOut() throws Exception {
        assertThat(SettingsLoader.parse(FILE, LEAST + "watch:\n#  interval: 1s\n")
                        .settings()
                        .watch())
                .isEqualTo(new Settings.Watch(java.time.Duration.ofMillis(500)));
    }

    @Test
    void showsWhereEachValueComesFrom() throws Exception {
        List<SettingsLoader.ShownOption> options =
                SettingsLoader.parse(FILE, LEAST).options();

        assertThat(options)
                .hasSize(Options.ALL.size())
                .contains(
                        new SettingsLoader.ShownOption("peer.address", "192.0.2.11", 6, "line 6"),
                        new SettingsLoader.ShownOption("takeover.after", "3s", 0, "default"),
                        new SettingsLoader.ShownOption("takeover.witness", "[]", 0, "default"),
                        new SettingsLoader.ShownOption("database.name", "-", 0, "default: the profile's"));
    }

    @Test
    void refusesASecretThatOthersCanRead(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("ami"), "s3cret");
        String line = LEAST + "asterisk: {ami-secret-file: " + secret + "}\n";

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(problems(line))
                .singleElement()
                .asString()
                .contains("can be read by others than root; chmod 600")
                .doesNotContain("s3cret");

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        assertThat(SettingsLoader.parse(FILE, line).settings().asterisk().amiSecretFile())
                .isEqualTo(secret);
    }

    @Test
    void readsAFileThatOnlyItsOwnerCanWrite(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("pbx-ha.yml"), LEAST);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(SettingsLoader.load(file).profile()).isEqualTo("xivo");
    }

    @Test
    void saysHowToMakeAFileThatIsMissing(@TempDir Path directory) {
        assertThatThrownBy(() -> SettingsLoader.load(directory.resolve("pbx-ha.yml")))
                .hasMessageContaining("does not exist; run: pbx-ha setup");
    }

    private static List<String> problems(String text) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> SettingsLoader.parse(FILE, text));
        assertThat(refused).as(text).isNotNull();
        return refused.problems().stream().map(Problem::text).toList();
    }
}
