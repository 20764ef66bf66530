// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FencingFilesTest {
    private static final String PAIR =
            "role: slave\nprofile: xivo\nnode:\n  address: 192.0.2.12\npeer:\n  address: 192.0.2.11\n";

    @TempDir
    private Path directory;

    private FencingFiles files = new FencingFiles(Path.of("/"), Path.of("/"), Path.of("/"));

    @BeforeEach
    void name() {
        files = new FencingFiles(directory, directory.resolve("hooks.d/fence"), directory.resolve("id_ed25519"));
    }

    @Test
    void saysAllThatIsMissingAtOnceWithWhatToDo() throws Exception {
        assertThat(problems("ssh, hook, fence_no_such_agent"))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("id_ed25519", "pair the nodes again"))
                .anySatisfy(line -> assertThat(line).contains("there is no program in", "hooks.d/fence"))
                .anySatisfy(line -> assertThat(line).contains("/usr/sbin/fence_no_such_agent", "apt search"));
    }

    @Test
    void lacksNothingWhenAllIsThere() throws Exception {
        Files.createFile(directory.resolve("id_ed25519"));
        Files.createDirectories(directory.resolve("hooks.d/fence"));
        Files.createFile(directory.resolve("hooks.d/fence/power"));

        assertThat(problems("ssh, hook")).isEmpty();
    }

    @Test
    void aMasterFencesNobodyAndLacksNothing() throws Exception {
        assertThat(files.problems(settings(PAIR.replace("slave", "master"), "ssh")))
                .isEmpty();
    }

    @Test
    void optionsThatOthersCanReadAreRefused() throws Exception {
        Path file = options("rw-r--r--", "ip=10.0.0.9");

        assertThatThrownBy(() -> FencingOptions.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("can be read by others than root; chmod 600 " + file);
    }

    @Test
    void everyWrongLineIsSaidAndNoneIsShown() throws Exception {
        Path file = options("rw-------", "# the card", "", "ip=1", "geheim", "action=reboot", "ip=2", "=geheim");

        assertThatThrownBy(() -> FencingOptions.read(file))
                .hasMessageContaining("4 problems")
                .hasMessageContaining("line 4: is not key=value")
                .hasMessageContaining("line 5: action: is given by pbx-ha itself")
                .hasMessageContaining("line 6: ip: is given twice")
                .message()
                .doesNotContain("geheim");
    }

    @Test
    void anAgentReadsItsOptionsAndTheActionAndItsWordsAreRedacted() throws Exception {
        FencingOptions options =
                FencingOptions.read(options("rw-------", "ip = 10.0.0.9", "password=a=b geheim", "lanplus=1"));

        assertThat(options.forAction("off")).isEqualTo("ip=10.0.0.9\npassword=a=b geheim\nlanplus=1\naction=off\n");
        assertThat(options.redact("login a=b geheim at 10.0.0.9 refused (1)"))
                .isEqualTo("login *** at *** refused (1)");
    }

    private Path options(String mode, String... lines) throws Exception {
        Path file = Files.write(directory.resolve("fence_x.conf"), List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private List<String> problems(String methods) throws Exception {
        return files.problems(settings(PAIR, methods)).stream()
                .map(Problem::text)
                .toList();
    }

    private static Settings settings(String pair, String methods) throws Exception {
        return SettingsLoader.parse(Path.of("/etc/pbx-ha/pbx-ha.yml"), pair + "fencing: {methods: [" + methods + "]}\n")
                .settings();
    }
}
