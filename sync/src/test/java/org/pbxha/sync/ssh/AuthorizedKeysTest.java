// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizedKeysTest {
    private static final Path PROGRAM = Path.of("/usr/lib/pbx-ha/sync-receive");
    private static final ForcedCommand COMMAND = new ForcedCommand(PROGRAM);
    private static final SshPublicKey KEY = SshPublicKeyTest.KEY;
    private static final String LINE =
            "restrict,command=\"/usr/lib/pbx-ha/sync-receive\" " + KEY.line() + " pbx-ha-sync";

    @TempDir
    private Path directory;

    private Path file = Path.of("/");

    @BeforeEach
    void nameFile() {
        file = directory.resolve(".ssh/authorized_keys");
    }

    @Test
    void makesDirectoryAndFileThatSshdAccepts() throws Exception {
        assertThat(keys().install(KEY, COMMAND)).isTrue();

        assertThat(file).hasContent(LINE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(".ssh"))))
                .isEqualTo("rwx------");
    }

    @Test
    void leavesTheFileAloneWhenTheLineIsThere() throws Exception {
        keys().install(KEY, COMMAND);
        Object before = Files.getAttribute(file, "unix:ino");

        assertThat(keys().install(KEY, COMMAND)).isFalse();
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void replacesOurLineAndKeepsTheOthersByteForByte() throws Exception {
        byte[] others = "# caf\u00e9\r\n\nssh-rsa AAAA  admin@pbx\t \n".getBytes(StandardCharsets.ISO_8859_1);
        write(new String(others, StandardCharsets.ISO_8859_1) + "no-pty ssh-rsa OLD pbx-ha-sync\n");

        keys().install(KEY, COMMAND);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(others, StandardCharsets.ISO_8859_1) + LINE + "\n");

        assertThat(keys().remove()).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(others);
    }

    @Test
    void completesALastLineWithoutItsNewline() throws Exception {
        write("ssh-rsa AAAA admin");

        keys().install(KEY, COMMAND);

        assertThat(file).hasContent("ssh-rsa AAAA admin\n" + LINE);
    }

    @Test
    void keepsModeAndFollowsALinkToTheRealFile() throws Exception {
        write("ssh-rsa AAAA admin\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        new AuthorizedKeys(link, "pbx-ha-sync").install(KEY, COMMAND);

        assertThat(link).isSymbolicLink();
        assertThat(file).content().contains(LINE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(file.resolveSibling(".")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void removingDeletesAFileInWhichNothingIsLeft() throws Exception {
        keys().install(KEY, COMMAND);

        assertThat(keys().remove()).isTrue();
        assertThat(file).doesNotExist();
        assertThat(keys().remove()).isFalse();
    }

    @Test
    void doesNotTakeACommentThatNamesUsForOurLine() throws Exception {
        write("# see pbx-ha-sync\n");

        assertThat(keys().remove()).isFalse();
        assertThat(file).hasContent("# see pbx-ha-sync");
    }

    @Test
    void refusesAProgramThatWouldBreakOutOfItsQuotes() {
        assertThatThrownBy(() -> new ForcedCommand(Path.of("/usr/bin/\" ssh-rsa")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ForcedCommand(Path.of("relative"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ForcedCommand(PROGRAM, Optional.of("*\",command=\"sh")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AuthorizedKeys(file, "two words")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void acceptsAKeyFromOneAddressOnly() throws Exception {
        ForcedCommand fromOne = new ForcedCommand(PROGRAM, Optional.of("192.0.2.12"));
        keys().install(KEY, COMMAND);

        assertThat(keys().isInstalled(KEY, fromOne)).isFalse();
        assertThat(keys().install(KEY, fromOne)).isTrue();
        assertThat(file).hasContent(LINE.replace("restrict,", "restrict,from=\"192.0.2.12\","));
        assertThat(keys().isInstalled(KEY, fromOne)).isTrue();
    }

    private AuthorizedKeys keys() {
        return new AuthorizedKeys(file, "pbx-ha-sync");
    }

    private void write(String content) throws Exception {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }
}
