// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.PrintWriter;
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
            "Bring the configuration database to the slave now: what has changed, in one transaction.",
            "Runs on the master; the agent does it by itself every hour (replication.schedule).",
            "With --plan, on either node: show what happens to each table, and change nothing."
        },
        footer = {
            "",
            "Exit codes: 0 done; 1 failed, or the databases differ; 2 wrong usage; 3 no agent; 4 refused, for example because the slave is active, or"
                    + " because both nodes were (`pbx-ha split-brain`)."
        })
final class ReplicateCommand implements Callable<Integer> {
    /** Who has become root by sudo has a name of their own. */
    private static final String BEHIND_SUDO = "SUDO_USER";

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private What what = new What();

    /** At most one of these. */
    static final class What {
        @Option(
                names = "--verify",
                description = "Compare every row of every replicated table on both nodes, and write nothing.")
        private boolean verify;

        @Option(
                names = "--rollback",
                description =
                        "On the slave, while it stands by: bring back what the database held before the last replication"
                                + " with changes. Nothing is replicated by the schedule then, until somebody runs `pbx-ha replicate`.")
        private boolean rollback;

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
        PrintWriter out = spec.commandLine().getOut();
        return new Console(spec).ask(request(), new ProgressBar(out, Terminal.shows()));
    }

    /** What the agent is asked. */
    String request() {
        if (what.look.plan) {
            return "replication-plan" + (what.look.json ? " json" : "");
        }
        if (what.verify || what.rollback) {
            return what.verify ? "replicate verify" : "replicate rollback";
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
