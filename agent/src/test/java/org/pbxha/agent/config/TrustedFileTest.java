// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedFileTest {
    private static final int NOBODY = 65534;

    @TempDir
    Path directory;

    private Path parent;
    private Path file;

    @BeforeEach
    void write() throws Exception {
        parent = Files.createDirectory(directory.resolve("d"));
        file = Files.writeString(parent.resolve("f"), "text");
        mode(file, "rw-r--r--");
    }

    @Test
    void readsWhatOnlyItsOwnerCanChange() throws Exception {
        assertThat(TrustedFile.read(file)).isEqualTo("text");
    }

    @Test
    void refusesAFileThatOthersCanWrite() throws Exception {
        mode(file, "rw-r--rw-");

        assertThatThrownBy(() -> TrustedFile.read(file))
                .hasMessageContaining(file + " can be written by others than root");
    }

    @Test
    void refusesAFileInADirectoryThatOthersCanWrite() throws Exception {
        mode(parent, "rwxrwxrwx");

        assertThatThrownBy(() -> TrustedFile.read(file)).hasMessageContaining(parent + " can be written by others");
    }

    @Test
    void looksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThat(TrustedFile.read(link)).isEqualTo("text");

        mode(file, "rw-rw-rw-");
        assertThatThrownBy(() -> TrustedFile.read(link)).hasMessageContaining(file + " can be written by others");
    }

    @Test
    void refusesAFileOfAnotherUser() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file away");
        Files.setAttribute(file, "unix:uid", NOBODY);

        assertThatThrownBy(() -> TrustedFile.read(file)).hasMessageContaining(file + " belongs to user " + NOBODY);
    }

    @Test
    void refusesAFileThatAGroupOfPeopleCanWrite() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file to any group");
        mode(file, "rw-rw----");
        assertThat(TrustedFile.read(file)).as("group root is root").isEqualTo("text");

        Files.setAttribute(file, "unix:gid", NOBODY);
        assertThatThrownBy(() -> TrustedFile.read(file)).hasMessageContaining("can be written by others than root");
    }

    @Test
    void refusesWhatIsNotText() throws Exception {
        Files.write(file, new byte[] {'a', (byte) 0xE9, 'b'});

        assertThatThrownBy(() -> TrustedFile.read(file)).hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void refusesAFileThatIsFarTooLarge() throws Exception {
        Files.write(file, new byte[300 * 1024]);

        assertThatThrownBy(() -> TrustedFile.read(file)).hasMessageContaining("is larger than 256 KiB");
    }

    private static void mode(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
