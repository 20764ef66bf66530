// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pbx-ha replicate}. */
@Command(
        name = "replicate",
        mixinStandardHelpOptions = true,
        description = {
            "Copy the configuration database to the slave now, in one transaction.",
            "Runs on the master; the agent does it by itself every hour (replication.schedule)."
        },
        footer = {
            "",
            "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 no agent; 4 refused, for example because the slave is active, or"
                    + " because both nodes were (`pbx-ha split-brain`)."
        })
final class ReplicateCommand implements Callable<Integer> {
    /** Who has become root by sudo has a name of their own. */
    private static final String BEHIND_SUDO = "SUDO_USER";

    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = false)
    private Acceptance acceptance = new Acceptance();

    /** Both or none. */
    static final class Acceptance {
        @Option(
                names = "--accept-data-loss",
                required = true,
                description =
                        "After a split brain: what the slave wrote may be overwritten, on this and every later copy.")
        private boolean accepted;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why, for `pbx-ha history` on both nodes.")
        private String reason = "";
    }

    @Override
    public Integer call() {
        if (!acceptance.accepted) {
            return new Console(spec).ask("replicate");
        }
        String line = acceptance.reason.replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "replicate: --accept-data-loss needs a --reason that is not empty");
        }
        return new Console(spec).ask("replicate accept " + user() + " " + line);
    }

    private static String user() {
        String person = System.getenv(BEHIND_SUDO);
        String name = person == null || person.isBlank() ? System.getProperty("user.name", "") : person;
        return name.isBlank() ? "unknown" : name.replaceAll("\\s", "_");
    }
}
