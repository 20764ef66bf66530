// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pbx-ha fencing}. */
@Command(
        name = "fencing",
        mixinStandardHelpOptions = true,
        description = "How the slave makes sure that a silent master serves no more (fencing.methods).",
        subcommands = FencingCommand.Check.class)
final class FencingCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which: check?");
    }

    /** {@code pbx-ha fencing check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "On the slave: find out at noon whether fencing would work at night. Stops nothing.",
                "By ssh the forced command of the master looks whether it could do its work; a fence agent asks its device how"
                        + " the master's power is; programs of `hook` are not run, only looked at."
            },
            footer = {
                "",
                "Exit codes: 0 every method is ready; 1 one is not; 3 no agent; 4 this is the master, or no method is"
                        + " configured."
            })
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            return new Console(spec).ask("fencing-check");
        }
    }
}
