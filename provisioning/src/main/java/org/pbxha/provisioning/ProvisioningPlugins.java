// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plugins of the provisioning server. A slave must have none: its server would rewrite the files of phones that belong to
 * the master.
 */
public final class ProvisioningPlugins {
    /** Where XiVO and Wazo keep them, one directory per plugin. */
    public static final List<Path> DIRECTORIES =
            List.of(Path.of("/var/lib/xivo-provd/plugins"), Path.of("/var/lib/wazo-provd/plugins"));

    private ProvisioningPlugins() {}

    /** Names of the plugins installed in {@code directory}, sorted; none when it does not exist. */
    public static List<String> installed(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
