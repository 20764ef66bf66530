// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the repository that is generated from code and kept under review. {@code -Dgolden.update=true} (as
 * {@code make golden} does) writes it; otherwise a stale file fails the test.
 */
public final class GoldenFile {
    private final Path file;

    private GoldenFile(Path file) {
        this.file = file;
    }

    /** A golden file by its path below the repository's top. */
    public static GoldenFile of(String path) {
        // Maven runs the tests of a module in the module's own directory.
        return new GoldenFile(Path.of("..", path));
    }

    /** Fails when the file does not hold exactly this text, or writes it in update mode. */
    public void assertIs(String text) {
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(file)
                    .as("generated; run `make golden` and review the difference")
                    .hasContent(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
