// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/** Programs of this machine that setup asks and tells; each runs within a time limit. */
final class Programs {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ProgramRunner runner;
    private final Predicate<Path> installed;

    Programs(ProgramRunner runner, Predicate<Path> installed) {
        this.runner = runner;
        this.installed = installed;
    }

    ProgramRunner runner() {
        return runner;
    }

    boolean has(String program) {
        return installed.test(Path.of(program));
    }

    /** Runs a program and gives its standard output; anything but exit code 0 is an error. */
    String ask(String... argv) throws IOException {
        return output(Command.of(LIMIT, argv));
    }

    String output(Command command) throws IOException {
        Outcome outcome = run(command);
        if (outcome.timedOut()) {
            throw new IOException(command.program() + " has not ended within "
                    + command.timeLimit().toSeconds() + " s");
        }
        if (!outcome.succeeded()) {
            throw new IOException(command.program() + " ended with " + outcome.exitCode() + ": " + outcome.complaint());
        }
        return outcome.output();
    }

    Outcome run(String... argv) throws IOException {
        return run(Command.of(LIMIT, argv));
    }

    private Outcome run(Command command) throws IOException {
        try {
            return runner.run(command);
        } catch (ProcessException e) {
            throw new IOException(e.getMessage() + ". " + e.hint(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.program() + " was running", e);
        }
    }
}
