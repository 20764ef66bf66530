// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pbx-ha replicate}. */
@Command(
        name = "replicate",
        mixinStandardHelpOptions = true,
        description = {
            "Copy the configuration database to the slave now, in one transaction.",
            "Runs on the master; the agent does it by itself every hour (replication.schedule)."
        },
        footer = {"", "Exit codes: 0 done; 1 failed; 3 no agent; 4 refused, for example because the slave is active."})
final class ReplicateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new Console(spec).ask("replicate");
    }
}
