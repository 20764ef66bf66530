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
            "Runs on the master; the agent does it by itself every hour (replication.schedule).",
            "With --plan, on either node: show what happens to each table, and change nothing."
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

    @ArgGroup
    private What what = new What();

    /** A look, or a copy that costs something; neither for a copy like any other. */
    static final class What {
        @ArgGroup(exclusive = false)
        private Look look = new Look();

        @ArgGroup(exclusive = false)
        private Acceptance acceptance = new Acceptance();
    }

    /** What there is to see. */
    static final class Look {
        @Option(
                names = "--plan",
                required = true,
                description =
                        "Show each table of this node's database: whether it is copied, by which category, its rows and"
                                + " its size; and what is not copied.")
        private boolean plan;

        @Option(names = "--json", description = "The plan for programs.")
        private boolean json;
    }

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
        return new Console(spec).ask(request());
    }

    /** What the agent is asked. */
    String request() {
        if (what.look.plan) {
            return "replication-plan" + (what.look.json ? " json" : "");
        }
        if (!what.acceptance.accepted) {
            return "replicate";
        }
        String line = what.acceptance.reason.replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "replicate: --accept-data-loss needs a --reason that is not empty");
        }
        return "replicate accept " + user() + " " + line;
    }

    private static String user() {
        String person = System.getenv(BEHIND_SUDO);
        String name = person == null || person.isBlank() ? System.getProperty("user.name", "") : person;
        return name.isBlank() ? "unknown" : name.replaceAll("\\s", "_");
    }
}
