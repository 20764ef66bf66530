// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.IOException;
import java.io.PrintWriter;
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
        try {
            return tryAsk(command);
        } catch (AgentNotRunningException e) {
            error(String.valueOf(e.getMessage()));
            return ExitCode.NO_AGENT;
        }
    }

    /** Asks an agent that may not run. */
    int tryAsk(String command) throws AgentNotRunningException {
        try {
            return new ControlClient(NodePaths.INSTALLED.controlSocket()).run(command, this::print);
        } catch (AgentNotRunningException e) {
            throw e;
        } catch (IOException e) {
            error(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }
}
