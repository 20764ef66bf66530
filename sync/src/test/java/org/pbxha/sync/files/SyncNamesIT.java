// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

class SyncNamesIT {
    private static final Path SCRIPT = Path.of("src/main/sh/sync-names").toAbsolutePath();

    @Test
    void answersEachQuestionWithOneLine() throws Exception {
        assertThat(ask("usr daemon\ngrp daemon\nuid 1\ngid 1\n")).isEqualTo("1\n1\ndaemon\ndaemon\n");
    }

    @Test
    void answersAnEmptyLineForTheUnknownAndTheAbsurd() throws Exception {
        assertThat(ask("usr nobody-knows\nusr 0\nuid x\ngrp -s\nusr\n\nusr $(id)\nsay hello\n"))
                .isEqualTo("\n".repeat(8));
    }

    private static String ask(String questions) throws Exception {
        Outcome outcome = BoundedProcess.run(
                Command.of(Duration.ofSeconds(10), "/bin/sh", SCRIPT.toString()).withStdin(questions));
        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.errors()).isEmpty();
        return outcome.output();
    }
}
