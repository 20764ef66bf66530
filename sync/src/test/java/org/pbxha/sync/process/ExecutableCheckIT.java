// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableCheckIT {
    /** In the home directory: nobody else can write there, unlike /tmp. */
    private Path home = Path.of("/");

    @BeforeEach
    void makeDirectory() throws IOException {
        home = Files.createTempDirectory(Path.of(System.getProperty("user.home")), "pbx-ha-check")
                .toRealPath();
    }

    @AfterEach
    void removeDirectory() throws IOException {
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void passesSystemProgramsBehindSymbolicLinks() {
        assertThatCode(() -> ExecutableCheck.require(Path.of("/bin/sh"))).doesNotThrowAnyException();
        assertThatCode(() -> ExecutableCheck.require(Path.of("/usr/bin/../bin/env")))
                .doesNotThrowAnyException();
    }

    @Test
    void passesAProgramThatOnlyItsOwnerCanChange() throws Exception {
        Path program = program(home, "rwxr-xr-x");

        assertThatCode(() -> ExecutableCheck.require(program)).doesNotThrowAnyException();
    }

    @Test
    void refusesAProgramThatItsGroupOrOthersCanChange() throws Exception {
        refused(program(home, "rwxrwxr-x"), "can be changed by others");
        Files.delete(home.resolve("program"));
        refused(program(home, "rwxr-xrwx"), "mode 757");
    }

    @Test
    void namesTheCommandThatMendsIt() throws Exception {
        Path program = program(home, "rwxrwxr-x");
        hints(program, "Run: chmod go-w " + program);

        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
        hints(program, "Run: chmod 755 " + program);
    }

    @Test
    void advisesAgainstChangingADirectoryThatIsSharedOnPurpose() throws Exception {
        Path program = program(directory(home, "shared", "rwxrwxrwx"), "rwxr-xr-x");
        Files.setAttribute(home.resolve("shared"), "unix:mode", 01777);

        hints(program, "Move the program out of " + home.resolve("shared") + ", to where only root can write.");
    }

    @Test
    void refusesAProgramInADirectoryThatOthersCanWriteEvenHighUp(@TempDir Path shared) throws Exception {
        Path open = directory(home, "open", "rwxrwxrwx");
        Path below = directory(open, "below", "rwx------");
        refused(program(below, "rwx------"), open + " can be changed by others");
    }

    @Test
    void refusesALinkIntoADirectoryThatOthersCanWrite() throws Exception {
        Path open = directory(home, "open", "rwxrwxrwx");
        Path program = program(open, "rwx------");
        Path link = Files.createSymbolicLink(home.resolve("link"), program);
        Path relative = Files.createSymbolicLink(home.resolve("relative"), Path.of("open/program"));

        refused(link, open + " can be changed by others");
        refused(relative, open + " can be changed by others");
    }

    @Test
    void refusesAPathThatLeavesASharedDirectoryThroughALinkThere() throws Exception {
        Path open = directory(home, "open", "rwxrwxrwx");
        Path safe = program(home, "rwx------");
        Path link = Files.createSymbolicLink(open.resolve("link"), safe);

        refused(link, open + " can be changed by others");
    }

    @Test
    void refusesWhatIsNoProgram() throws Exception {
        Path loop = Files.createSymbolicLink(home.resolve("loop"), Path.of("loop"));
        refused(loop, "too many symbolic links");
        refused(program(home, "rw-------"), "is not an executable file");
        refused(home, "is not an executable file");
        refused(home.resolve("absent"), "does not exist");
    }

    private static void refused(Path program, String why) {
        assertThatThrownBy(() -> ExecutableCheck.require(program))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(((ProcessException) e).hint()).isNotBlank());
    }

    private static void hints(Path program, String hint) {
        assertThatThrownBy(() -> ExecutableCheck.require(program))
                .isInstanceOfSatisfying(
                        ProcessException.class, e -> assertThat(e.hint()).isEqualTo(hint));
    }

    private static Path program(Path directory, String mode) throws IOException {
        Path program = Files.createFile(directory.resolve("program"));
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(mode));
    }

    private static Path directory(Path parent, String name, String mode) throws IOException {
        Path directory = Files.createDirectory(parent.resolve(name));
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    }
}
