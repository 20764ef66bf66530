// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are generated and kept in the repository, so that a change of behaviour is read as a change of text. A stale
 * one fails its test; {@code -Dgolden.update=true} writes it anew, on purpose.
 */
public final class GoldenFile {
    private GoldenFile() {}

    /**
     * Fails unless the file says exactly this.
     *
     * @param path relative to the root of the repository, such as {@code docs/configuration.md}
     */
    public static void assertMatches(String path, String text) {
        Path file = root().resolve(path);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(file)
                    .as("%s is generated; 'make golden' (-Dgolden.update=true) writes it anew", path)
                    .exists()
                    .content()
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.isDirectory(directory.resolve(".mvn"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException("not started inside the repository: no .mvn above "
                    + Path.of("").toAbsolutePath());
        }
        return directory;
    }
}
