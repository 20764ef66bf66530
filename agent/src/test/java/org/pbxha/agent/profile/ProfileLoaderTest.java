// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileLoaderTest {
    private static final String MINE = """
            description: Mine
            directories: []
            gated-units: [asterisk.service]
            asterisk: {manager-directory: /etc/asterisk/manager.d, pjsip-file: /etc/asterisk/pjsip.conf}
            fail2ban-directory: /etc/fail2ban/jail.d
            start: [{start: [asterisk.service]}]
            stop: [{stop: [asterisk.service]}]
            """;

    @TempDir
    Path directory;

    @Test
    void prefersTheFileOfTheAdministrator() throws Exception {
        write("xivo");

        assertThat(new ProfileLoader(directory).load("xivo").description()).isEqualTo("Mine");
        assertThat(new ProfileLoader(directory).load("wazo").description()).startsWith("Wazo");
    }

    @Test
    void loadsAProfileThatIsNotBuiltIn() throws Exception {
        write("mine");

        assertThat(new ProfileLoader(directory).load("mine").name()).isEqualTo("mine");
    }

    @Test
    void suggestsABuiltInProfile() {
        assertThatThrownBy(() -> new ProfileLoader(directory).load("xvio"))
                .hasMessageContaining("there is no profile xvio; did you mean xivo?");
        assertThatThrownBy(() -> new ProfileLoader(directory).load("freepbx"))
                .hasMessageContaining("there is no profile freepbx; built in are xivo, wazo, asterisk");
    }

    @Test
    void refusesAProfileThatOthersCanWriteBecauseItNamesProgramsToRun() throws Exception {
        Files.setPosixFilePermissions(write("xivo"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> new ProfileLoader(directory).load("xivo"))
                .hasMessageContaining("can be written by others than root");
    }

    private Path write(String name) throws Exception {
        Path file = Files.writeString(directory.resolve(name + ".yml"), MINE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }
}
