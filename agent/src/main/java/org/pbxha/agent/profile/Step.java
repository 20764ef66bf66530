// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One step on the way into or out of service. Each can be repeated at any time and leads to the same end, because a run may
 * be interrupted anywhere and starts over from its first step.
 */
public sealed interface Step {
    /** What it does, on one line, for logs and for {@code pbx-ha config profile}. */
    String text();

    /**
     * Runs a program of the platform.
     *
     * @param argv absolute path of the program, then its arguments
     * @param limit how long one attempt may take
     * @param required whether the steps after it are pointless when it fails
     * @param oncePerTakeover whether it is left out when it already succeeded in this epoch
     * @param retryFor how long a failing program is tried again; zero for one attempt
     */
    record RunProgram(List<String> argv, Duration limit, boolean required, boolean oncePerTakeover, Duration retryFor)
            implements Step {
        public RunProgram {
            argv = List.copyOf(argv);
        }

        /** The program itself. */
        public Path program() {
            return Path.of(argv.get(0));
        }

        @Override
        public String text() {
            return argv.stream()
                    .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                    .collect(Collectors.joining(" ", "run ", ""));
        }
    }

    /** Makes sure that a file is there; an empty one is made. */
    record TouchFile(Path file) implements Step {
        @Override
        public String text() {
            return "touch " + file;
        }
    }

    /** Makes sure that a file is not there. */
    record RemoveFile(Path file) implements Step {
        @Override
        public String text() {
            return "remove " + file;
        }
    }

    /**
     * Sets a variable of a shell-style file of defaults where the file sets it; everything else in the file stays as it is, byte
     * for byte. A file that does not set the variable, or is not there, is left alone: its program has another default.
     */
    record SetVariable(Path file, String variable, String value) implements Step {
        @Override
        public String text() {
            return "set " + variable + "=" + value + " in " + file;
        }
    }

    /**
     * Starts units with one call, in this order as far as systemd's own ordering allows.
     *
     * @param required those without which the steps after it are pointless
     * @param limit how long to wait until they are active; zero to queue them and go on at once
     */
    record StartUnits(List<String> units, List<String> required, Duration limit) implements Step {
        public StartUnits {
            units = List.copyOf(units);
            required = List.copyOf(required);
        }

        @Override
        public String text() {
            return (limit.isZero() ? "queue the start of " : "start ") + names(units);
        }
    }

    /**
     * Stops units with one call.
     *
     * @param required those that must be stopped before the steps after it
     * @param limit how long to wait until they are stopped
     */
    record StopUnits(List<String> units, List<String> required, Duration limit) implements Step {
        public StopUnits {
            units = List.copyOf(units);
            required = List.copyOf(required);
        }

        @Override
        public String text() {
            return "stop " + names(units);
        }
    }

    /** Makes units start at boot. */
    record EnableUnits(List<String> units) implements Step {
        public EnableUnits {
            units = List.copyOf(units);
        }

        @Override
        public String text() {
            return "enable " + names(units);
        }
    }

    /** Keeps units from starting at boot. */
    record DisableUnits(List<String> units) implements Step {
        public DisableUnits {
            units = List.copyOf(units);
        }

        @Override
        public String text() {
            return "disable " + names(units);
        }
    }

    /** Restarts those units that run, so that they read what changed; queued, not waited for. */
    record TryRestartUnits(List<String> units) implements Step {
        public TryRestartUnits {
            units = List.copyOf(units);
        }

        @Override
        public String text() {
            return "restart, where active, " + names(units);
        }
    }

    /** The same with a reload for those that can; queued, not waited for. */
    record TryReloadUnits(List<String> units) implements Step {
        public TryReloadUnits {
            units = List.copyOf(units);
        }

        @Override
        public String text() {
            return "reload, where active, " + names(units);
        }
    }

    private static String names(List<String> units) {
        return units.stream().map(unit -> unit.replaceFirst("\\.service$", "")).collect(Collectors.joining(" "));
    }
}
