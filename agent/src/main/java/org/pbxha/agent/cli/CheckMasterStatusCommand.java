// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pbx-ha check-master-status}. */
@Command(
        name = "check-master-status",
        mixinStandardHelpOptions = true,
        description = {
            "What this slave sees of its master: each probe, the master's own word, and the verdict.",
            "Nothing is started or stopped by asking; the agent's loop does that."
        },
        footer = {"", "Exit codes: 0 the master answers; 1 it is silent on every probe; 3 no agent; 4 not a slave."})
final class CheckMasterStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new Console(spec).ask("check-master-status");
    }
}
