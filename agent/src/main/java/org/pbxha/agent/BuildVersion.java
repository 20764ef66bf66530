// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The version of this build, as the build wrote it into the jar. */
public final class BuildVersion {
    private static final String CURRENT = read();

    private BuildVersion() {}

    /** For example {@code 0.1.0}. */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(BuildVersion.class.getResourceAsStream("version.txt"))) {
            return new String(in.readAllBytes(), UTF_8).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("the jar of the agent cannot be read", e);
        }
    }
}
