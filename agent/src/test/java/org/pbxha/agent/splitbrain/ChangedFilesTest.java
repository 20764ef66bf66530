// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedFilesTest {
    private static final int MANY = 1000;
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void filesOfBeforeAreNotChangedAndThoseOfAfterAreNamedNewestFirst() throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        write("a/old.wav");
        Instant since = changed("a/old.wav");
        awaitTick(since);
        write("a/b/first.wav");
        awaitTick(changed("a/b/first.wav"));
        write("second.wav");

        Writes.Paths found = ChangedFiles.since(since, List.of(directory), MANY, LONG);

        assertThat(found.count()).isEqualTo(2);
        assertThat(found.newest())
                .containsExactly(
                        directory.resolve("second.wav").toString(),
                        directory.resolve("a/b/first.wav").toString());
        assertThat(found.problem()).isEmpty();
    }

    @Test
    void aFileThatIsPutThereWithAnOldTimeHasChangedAllTheSame() throws IOException {
        Instant since = Instant.now().minusSeconds(1);
        write("uploaded.wav");
        Files.setLastModifiedTime(directory.resolve("uploaded.wav"), FileTime.from(Instant.EPOCH));

        assertThat(ChangedFiles.since(since, List.of(directory), MANY, LONG).count())
                .isEqualTo(1);
    }

    @Test
    void namesAreHarmlessAndFew() throws IOException {
        write("esc\u001b[2J.wav");
        for (int i = 0; i < 20; i++) {
            write("file" + i);
        }

        Writes.Paths found = ChangedFiles.since(Instant.EPOCH, List.of(directory), MANY, LONG);

        assertThat(found.count()).isEqualTo(21);
        assertThat(found.newest()).hasSize(8).noneMatch(path -> path.contains("\u001b"));
    }

    @Test
    void linksAreNotFollowedAndMissingDirectoriesHaveNoFiles() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path inside = Files.createDirectory(directory.resolve("inside"));
        write("outside/secret");
        Files.createSymbolicLink(inside.resolve("link"), outside);

        assertThat(ChangedFiles.since(
                                Instant.EPOCH,
                                List.of(inside, directory.resolve("none"), inside.resolve("link")),
                                MANY,
                                LONG)
                        .newest())
                .containsExactly(inside.resolve("link").toString());
    }

    @Test
    void whatIsTooMuchOrTakesTooLongIsSaid() throws IOException {
        for (int i = 0; i < 20; i++) {
            write("file" + i);
        }

        assertThat(ChangedFiles.since(Instant.EPOCH, List.of(directory), 5, LONG)
                        .problem())
                .isEqualTo("only the first 5 files were looked at");
        assertThat(ChangedFiles.since(Instant.EPOCH, List.of(directory), MANY, Duration.ZERO)
                        .problem())
                .contains("the time was over");
    }

    private void write(String name) throws IOException {
        Files.writeString(directory.resolve(name), "x");
    }

    private Instant changed(String name) throws IOException {
        return ((FileTime) Files.getAttribute(directory.resolve(name), "unix:ctime")).toInstant();
    }

    /** The clock of a file system ticks every few milliseconds. */
    private void awaitTick(Instant since) throws IOException {
        do {
            write("tick");
        } while (!changed("tick").isAfter(since));
        Files.delete(directory.resolve("tick"));
    }
}
