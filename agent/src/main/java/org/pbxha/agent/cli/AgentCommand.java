// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import org.pbxha.agent.Daemon;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.StartupException;
import org.pbxha.agent.control.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pbx-ha agent}: what systemd runs. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = "Run the agent in the foreground; systemd does this (pbx-ha.service).",
        footer = {"", "Exit codes: 0 told to end; 1 cannot start now; 78 wrong configuration or not set up."})
final class AgentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try {
            Daemon.run(NodePaths.INSTALLED);
            return ExitCode.OK;
        } catch (StartupException e) {
            new Console(spec).error(String.valueOf(e.getMessage()));
            return e.exitCode();
        }
    }
}
