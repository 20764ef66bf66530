// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisioningPluginsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void listsTheDirectoriesOfPluginsOnly() throws IOException {
        Files.createDirectory(directory.resolve("xivo-snom-8.7"));
        Files.createDirectory(directory.resolve("xivo-aastra-3.3"));
        Files.createDirectory(directory.resolve(".cache"));
        Files.createFile(directory.resolve("README"));
        assertThat(ProvisioningPlugins.installed(directory)).containsExactly("xivo-aastra-3.3", "xivo-snom-8.7");
    }

    @Test
    void aNodeWithoutProvisioningHasNone() throws IOException {
        assertThat(ProvisioningPlugins.installed(directory)).isEmpty();
        assertThat(ProvisioningPlugins.installed(directory.resolve("missing"))).isEmpty();
    }
}
