// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the schedule from replicating again what an operator has just rolled back. Kept in a file. */
public final class HeldReplica {
    private static final Logger LOG = LoggerFactory.getLogger(HeldReplica.class);

    private final Path file;

    /** Held as long as the file exists. */
    public HeldReplica(Path file) {
        this.file = file;
    }

    void hold() throws IOException {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        AtomicFile.write(file, (now + "\n").getBytes(UTF_8), FileAccess.PRIVATE);
    }

    void release() {
        try {
            AtomicFile.delete(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed, so the schedule goes on waiting: {}", file, e.toString());
        }
    }

    /** Why the schedule may not replicate; empty when it may. */
    String refusal() {
        if (Files.notExists(file)) {
            return "";
        }
        String since;
        try {
            since = Files.readString(file).strip();
        } catch (IOException e) {
            since = "a time that cannot be read";
        }
        return "an operator rolled the slave's database back at " + since
                + "; it is replicated again when a person says so: `pbx-ha replicate` on the master";
    }
}
