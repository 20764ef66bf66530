// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void findsTheSentenceAmongWhatElseIsSaid() {
        String words =
                "Warning: something\npbx-ha sync: refused: this slave is active\r\nrsync error: closed (code 12)\n";

        assertThat(Refusal.find(words)).contains("this slave is active");
        assertThat(Refusal.find("rsync: refused: no")).isEmpty();
    }

    @Test
    void isWhatThePackagedForcedCommandWrites() throws Exception {
        String script = Files.readString(Path.of("../packaging/deb/lib/sync-receive"));

        assertThat(script).contains("echo \"" + Refusal.PREFIX + "$1\" >&2");
    }
}
