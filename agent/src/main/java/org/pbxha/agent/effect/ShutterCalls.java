// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/** The firewall programs' calls of one request, which together are done before a deadline. */
final class ShutterCalls {
    private final ProgramRunner programs;
    private final Pace pace;
    private final Duration limit;
    private final long start;

    /** Calls that have this much time from now. */
    ShutterCalls(ProgramRunner programs, Pace pace, Duration limit) {
        this.programs = programs;
        this.pace = pace;
        this.limit = limit;
        this.start = pace.nanoTime();
    }

    /** Runs a program and returns how it ended by itself, whatever its exit code. */
    Outcome run(String input, Path program, String... arguments) throws ShutterException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(List.of(arguments));
        Duration left = limit.minusNanos(pace.nanoTime() - start);
        if (left.isNegative() || left.isZero()) {
            throw late(argv);
        }
        try {
            Outcome outcome = programs.run(Command.of(left, argv).withStdin(input));
            if (outcome.timedOut()) {
                throw late(argv);
            }
            return outcome;
        } catch (ProcessException e) {
            throw new ShutterException(String.valueOf(e.getMessage()), e.hint());
        }
    }

    /** Runs a program that must succeed. */
    Outcome require(String input, Path program, String... arguments) throws ShutterException, InterruptedException {
        Outcome outcome = run(input, program, arguments);
        if (!outcome.succeeded()) {
            throw failed(program, outcome);
        }
        return outcome;
    }

    static ShutterException failed(Path program, Outcome outcome) {
        return new ShutterException(
                program + " failed (exit " + outcome.exitCode() + "): " + outcome.complaint(),
                "run it by hand as root to see why");
    }

    private ShutterException late(List<String> argv) {
        return new ShutterException(
                String.join(" ", argv) + " did not end within " + limit.toMillis() + " ms",
                "see whether another program holds the firewall's lock, or this machine is overloaded");
    }
}
