// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.control.AgentNotRunningException;
import org.pbxha.agent.control.ControlClient;
import org.pbxha.agent.control.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** What most commands do: ask the agent, print its lines, return its exit code. */
final class Console {
    private final PrintWriter out;
    private final PrintWriter err;

    Console(CommandSpec spec) {
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
    }

    void print(String line) {
        out.println(line);
        out.flush();
    }

    void error(String line) {
        err.println("pbx-ha: " + line);
        err.flush();
    }

    /** Asks, and says it when no agent runs. */
    int ask(String command) {
        return ask(command, this::print);
    }

    /** The same, with each line of the answer for somebody else. */
    int ask(String command, Consumer<String> lines) {
        try {
            return tryAsk(command, lines);
        } catch (AgentNotRunningException e) {
            error(String.valueOf(e.getMessage()));
            return ExitCode.NO_AGENT;
        }
    }

    /** Asks an agent that may not run. */
    int tryAsk(String command) throws AgentNotRunningException {
        return tryAsk(command, this::print);
    }

    private int tryAsk(String command, Consumer<String> lines) throws AgentNotRunningException {
        try {
            return new ControlClient(NodePaths.INSTALLED.controlSocket()).run(command, lines);
        } catch (AgentNotRunningException e) {
            throw e;
        } catch (IOException e) {
            error(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }
}
