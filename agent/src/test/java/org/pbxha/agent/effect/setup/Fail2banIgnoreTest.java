// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fail2banIgnoreTest {
    @TempDir
    private Path fail2ban;

    private Fail2banIgnore ignore;

    @BeforeEach
    void make() throws IOException {
        Path directory = Files.createDirectory(fail2ban.resolve("jail.d"));
        ignore = new Fail2banIgnore(directory);
        put("jail.conf", "[INCLUDES]\n[DEFAULT]\n#ignoreip = 127.0.0.1/8 ::1\nbantime = 10m\n");
    }

    @Test
    void ignoresThePeerOnly() throws Exception {
        assertThat(ignore.render("192.0.2.1")).endsWith("[DEFAULT]\nignoreip = 192.0.2.1\n");
    }

    @Test
    void repeatsWhatTheLastFileIgnores() throws Exception {
        put("jail.d/a.conf", "[DEFAULT]\nignoreip = 10.0.0.1\n");
        put("jail.local", "[DEFAULT]\nignoreip = 127.0.0.1/8 ::1\n    10.0.0.0/24\nbantime = 1h\n    9.9.9.9\n");
        assertThat(ignore.render("192.0.2.1")).endsWith("\nignoreip = 127.0.0.1/8 ::1 10.0.0.0/24 192.0.2.1\n");
    }

    @Test
    void looksAtNoJailOfItsOwnAndNotAtItself() throws Exception {
        put("jail.local", "[DEFAULT]\nfindtime = 1m\n[sshd]\nignoreip = 10.0.0.1\n");
        Files.writeString(ignore.file(), ignore.render("192.0.2.1"));
        assertThat(ignore.render("192.0.2.1")).isEqualTo(Files.readString(ignore.file()));
    }

    private void put(String name, String content) throws IOException {
        Files.writeString(fail2ban.resolve(name), content);
    }
}
