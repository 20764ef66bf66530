// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One program to run, without a shell.
 *
 * @param argv the program's absolute path, then its arguments; never a secret, everyone can read them in /proc
 * @param environment additions to the small fixed environment of {@link BoundedProcess}
 * @param timeLimit how long it may run before its whole process tree is killed
 * @param outputLimit how many bytes of each of stdout and stderr are kept: the last ones
 * @param stdin text for its standard input, which may hold a secret; null for an empty input
 */
public record Command(
        List<String> argv,
        Map<String, String> environment,
        Duration timeLimit,
        int outputLimit,
        @Nullable String stdin) {
    private static final int DEFAULT_OUTPUT_LIMIT = 64 * 1024;

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty() || !Path.of(argv.get(0)).isAbsolute()) {
            throw new IllegalArgumentException("not an absolute path to a program: " + argv);
        }
        if (timeLimit.isNegative() || timeLimit.isZero() || outputLimit < 1) {
            throw new IllegalArgumentException("no time or no room for output: " + timeLimit + ", " + outputLimit);
        }
    }

    /** A command with no input, no additions to the environment, and 64 KiB kept of each output. */
    public static Command of(Duration timeLimit, String... argv) {
        return of(timeLimit, List.of(argv));
    }

    /** As {@link #of(Duration, String...)}. */
    public static Command of(Duration timeLimit, List<String> argv) {
        return new Command(argv, Map.of(), timeLimit, DEFAULT_OUTPUT_LIMIT, null);
    }

    /** The same command with this text as its standard input. */
    public Command withStdin(String text) {
        return new Command(argv, environment, timeLimit, outputLimit, text);
    }

    /** The same command with these additions to the environment. */
    public Command withEnvironment(Map<String, String> additions) {
        return new Command(argv, additions, timeLimit, outputLimit, stdin);
    }

    /** The program itself. */
    public Path program() {
        return Path.of(argv.get(0));
    }

    /** The command line for a log: no environment, no input. */
    @Override
    public String toString() {
        return String.join(" ", argv);
    }
}
