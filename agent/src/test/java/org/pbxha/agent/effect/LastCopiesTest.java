// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.sync.postgres.Baseline;

class LastCopiesTest {
    private static final LastCopies.Replication LAST = new LastCopies.Replication(
            Instant.parse("2026-01-02T03:04:05.678Z"),
            "f3b1",
            new Baseline(16384, "10:20:10,14", 19, Map.of("users", 3L)));

    @TempDir
    private Path directory;

    @Test
    void anotherAgentKnowsThem() {
        copies().replicated(LAST);
        copies().synced(LAST.at());

        assertThat(copies().replication()).contains(LAST);
        assertThat(copies().sync()).contains(LAST.at());
    }

    @Test
    void beforeTheFirstCopyAndInTheMiddleOfOneNothingIsKnown() {
        assertThat(copies().replication()).isEmpty();
        assertThat(copies().sync()).isEmpty();

        copies().replicated(LAST);
        copies().replicationBegins();
        assertThat(copies().replication()).isEmpty();
    }

    @Test
    void aDamagedFileIsNone() throws IOException {
        Files.writeString(directory.resolve("replication"), "{\"at\":");

        assertThat(copies().replication()).isEmpty();
    }

    private LastCopies copies() {
        return new LastCopies(directory.resolve("replication"), directory.resolve("sync"));
    }
}
