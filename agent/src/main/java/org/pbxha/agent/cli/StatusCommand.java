// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.control.AgentNotRunningException;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.state.DurableState;
import org.pbxha.agent.state.NodeState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pbx-ha status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Who serves, why, how old each copy is, and what to do next.",
        footer = {"", "Exit codes: 0 the agent answered; 3 it does not run (the last known state is shown)."})
final class StatusCommand implements Callable<Integer> {
    private static final long SECOND = 1_000_000_000L;
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    @Spec
    private CommandSpec spec;

    @Option(names = "--watch", description = "Show it anew every second, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--json", description = "For programs; the fields are documented in docs/guide.md.")
    private boolean json;

    @Override
    public Integer call() {
        Console console = new Console(spec);
        int code = show(console);
        while (watch && code == ExitCode.OK) {
            LockSupport.parkNanos(SECOND);
            console.print(CLEAR_SCREEN);
            code = show(console);
        }
        return code;
    }

    private int show(Console console) {
        try {
            return console.tryAsk(json ? "status json" : "status");
        } catch (AgentNotRunningException e) {
            console.error(String.valueOf(e.getMessage()));
            console.error(lastKnown());
            return ExitCode.NO_AGENT;
        }
    }

    private static String lastKnown() {
        try {
            return new DurableState(NodePaths.INSTALLED.state())
                    .read()
                    .map(StatusCommand::describe)
                    .orElse("this node is not set up; see `pbx-ha setup --help`");
        } catch (IOException e) {
            return "the last known state cannot be read: " + e.getMessage();
        }
    }

    private static String describe(NodeState node) {
        return "last known: %s, %s since %s, epoch %d, row %d: %s"
                .formatted(
                        node.role().name().toLowerCase(Locale.ROOT),
                        node.state().service().name().toLowerCase(Locale.ROOT),
                        node.since(),
                        node.state().epoch(),
                        node.row(),
                        node.reason());
    }
}
