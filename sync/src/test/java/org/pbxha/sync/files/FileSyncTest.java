// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshTarget;

class FileSyncTest {
    @Test
    void missingKeyIsNamedBeforeThePeerIsAsked(@TempDir Path directory) {
        Path key = directory.resolve("id_ed25519");
        SshTarget nobody = new SshTarget("192.0.2.1", 22, "root", key, directory.resolve("known_hosts"));
        Duration limit = Duration.ofSeconds(10);
        FileSyncRequest request =
                new FileSyncRequest(nobody, List.of(new SyncDirectory(directory)), limit, limit, limit);

        assertThatThrownBy(() -> FileSync.run(request, new Cancellation()))
                .isInstanceOf(SshException.class)
                .hasMessage("the sync key " + key + " cannot be read");
    }
}
