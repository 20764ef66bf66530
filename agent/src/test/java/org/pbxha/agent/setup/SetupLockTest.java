// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupLockTest {
    @TempDir
    private Path directory;

    @Test
    void refusesASecondSetupUntilTheFirstHasEnded() throws Exception {
        Path data = directory.resolve("pbx-ha");
        try (SetupLock first = SetupLock.take(data)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> SetupLock.take(data))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("another `pbx-ha setup` runs on this node");
        }
        SetupLock.take(data).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesOneOfAnotherProcessAndSurvivesItsDeath() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader says =
                    new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
            assertThat(says.readLine()).isEqualTo("taken");
            assertThatThrownBy(() -> SetupLock.take(directory)).isInstanceOf(SetupException.class);
        } finally {
            other.destroyForcibly().waitFor();
        }
        SetupLock.take(directory).close();
    }

    /** Another process. */
    static final class Holder {
        private Holder() {}

        /** Holds the lock until it is killed. */
        public static void main(String[] args) throws Exception {
            try (SetupLock lock = SetupLock.take(Path.of(args[0]))) {
                System.out.println(lock == null ? "" : "taken");
                Thread.currentThread().join();
            }
        }
    }
}
