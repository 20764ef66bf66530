// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import org.pbxha.agent.LoneServices;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.StartupException;
import org.pbxha.agent.control.AgentNotRunningException;
import org.pbxha.agent.core.ServiceState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pbx-ha services start|stop|status}. */
@Command(
        name = "services",
        mixinStandardHelpOptions = true,
        description = {
            "Start, stop or list the telephony services of this node.",
            "While the agent runs it alone decides, and start and stop are refused. Without it, start makes this node"
                    + " active and runs the profile's start steps, stop makes it standby; the agent goes on from there."
        },
        footer = {
            "",
            "Exit codes of start and stop: 0 done; 1 a required step failed; 4 refused, the agent decides; 78 not set up.",
            "Exit codes of status: 0 all run; 1 some do not; 78 not set up."
        })
final class ServicesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "services: start, stop or status?");
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Make this node serve; only while its agent does not run.")
    int start() throws InterruptedException {
        return move(ServiceState.ACTIVE);
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Make this node stand by; only while its agent does not run.")
    int stop() throws InterruptedException {
        return move(ServiceState.STANDBY);
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "Each telephony unit and whether it runs.")
    int status() throws InterruptedException {
        Console console = new Console(spec);
        try {
            return LoneServices.load(NodePaths.INSTALLED).list(console::print);
        } catch (StartupException e) {
            console.error(String.valueOf(e.getMessage()));
            return e.exitCode();
        }
    }

    private int move(ServiceState towards) throws InterruptedException {
        Console console = new Console(spec);
        try {
            return console.tryAsk("services");
        } catch (AgentNotRunningException e) {
            return alone(console, towards);
        }
    }

    private static int alone(Console console, ServiceState towards) {
        try {
            return LoneServices.load(NodePaths.INSTALLED).move(towards, console::print);
        } catch (StartupException e) {
            console.error(String.valueOf(e.getMessage()));
            return e.exitCode();
        }
    }
}
