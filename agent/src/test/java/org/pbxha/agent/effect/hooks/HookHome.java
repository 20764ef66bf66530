// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A place for hooks and what they write. In the home directory: nobody else can write there, unlike /tmp. */
final class HookHome implements AutoCloseable {
    private final Path root;

    HookHome() throws IOException {
        root = Files.createTempDirectory(Path.of(System.getProperty("user.home")), "pbx-ha-hooks")
                .toRealPath();
        for (HookEvent event : HookEvent.values()) {
            Files.createDirectories(directory(event));
        }
    }

    Path hooks() {
        return root.resolve("hooks.d");
    }

    Path directory(HookEvent event) {
        return hooks().resolve(event.directory());
    }

    /** A file beside the hooks. */
    Path file(String name) {
        return root.resolve(name);
    }

    Path hook(HookEvent event, String name, String script) throws IOException {
        return program(directory(event).resolve(name), script);
    }

    Path script(String name, String script) throws IOException {
        return program(file(name), script);
    }

    private static Path program(Path path, String script) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
