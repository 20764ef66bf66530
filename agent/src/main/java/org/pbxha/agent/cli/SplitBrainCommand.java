// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pbx-ha split-brain}. */
@Command(
        name = "split-brain",
        mixinStandardHelpOptions = true,
        description = {
            "The report of the time in which both nodes were active: since when, for how long, and what each wrote.",
            "It is there on both nodes. Until `pbx-ha replicate --accept-data-loss --reason TEXT` nothing is copied to the"
                    + " slave; reports that were accepted are named too."
        },
        footer = {"", "Exit codes: 0 done; 1 failed; 3 no agent."})
final class SplitBrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "The open report for programs; null when there is none.")
    private boolean json;

    @Override
    public Integer call() {
        return new Console(spec).ask("split-brain" + (json ? " json" : ""));
    }
}
