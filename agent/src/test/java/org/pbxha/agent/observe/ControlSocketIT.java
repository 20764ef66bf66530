// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/** The control socket of a real Asterisk, reached through a directory shared with its container. */
class ControlSocketIT {
    private static final String IMAGES = System.getProperty("pbxha.lab.image", "pbx-ha-lab/node");
    private static final Path DOCKER = Path.of("/usr/bin/docker");
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bullseye", "forky"})
    void greetsHangsAndDiesAndSaysWhatIsQueued(String suite) throws Exception {
        String image = IMAGES + ":" + suite;
        Assumptions.assumeTrue(DOCKER.toFile().canExecute(), "there is no container engine");
        Assumptions.assumeTrue(
                docker("image", "inspect", image).succeeded(), "the lab image " + image + " is not built");
        Path socket = directory.resolve("asterisk.ctl");
        String container = docker(
                        "run",
                        "-d",
                        "--init",
                        "--network=none",
                        "--volume",
                        directory + ":/run/asterisk",
                        "--entrypoint",
                        "sleep",
                        image,
                        "infinity")
                .output()
                .strip();
        try {
            assertThat(ControlWatch.ask(socket, LIMIT)).isEqualTo(ControlReading.ABSENT);
            docker("exec", container, "sh", "-c", "chown asterisk /run/asterisk; asterisk -U asterisk -G asterisk");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> docker("exec", container, "asterisk", "-rx", "core waitfullybooted")
                            .output()
                            .contains("fully booted"));
            assertThat(ControlWatch.ask(socket, LIMIT)).isEqualTo(ControlReading.GREETS);
            try (ControlSocket connection = new ControlSocket(socket, LIMIT.multipliedBy(5))) {
                assertThat(connection.greets()).isTrue();
                String table = connection.run("core show taskprocessors");
                assertThat(TaskProcessors.rows(table)).hasSizeGreaterThan(10);
                assertThat(TaskProcessors.flooded(table)).isEmpty();
            }

            docker("exec", container, "pkill", "-STOP", "-x", "asterisk");
            for (int i = 0; i < 5; i++) {
                assertThat(ControlWatch.ask(socket, LIMIT)).isEqualTo(ControlReading.SILENT);
            }
            docker("exec", container, "pkill", "-CONT", "-x", "asterisk");
            await().until(() -> ControlWatch.ask(socket, LIMIT) == ControlReading.GREETS);

            docker("exec", container, "pkill", "-KILL", "-x", "asterisk");
            await().until(() -> ControlWatch.ask(socket, LIMIT) == ControlReading.ABSENT);
            assertThat(socket).exists();
        } finally {
            docker("exec", container, "sh", "-c", "rm -rf /run/asterisk/*");
            docker("rm", "-f", container);
        }
    }

    private static Outcome docker(String... arguments) throws ProcessException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(DOCKER.toString()));
        argv.addAll(List.of(arguments));
        return BoundedProcess.run(Command.of(Duration.ofSeconds(30), argv));
    }
}
