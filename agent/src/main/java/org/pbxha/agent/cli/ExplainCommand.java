// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pbx-ha explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Say why this node does what it does: facts with their ages, the row that matched, the rows that nearly did.",
            "Rows are explained in docs/state-machine.md."
        },
        footer = {"", "Exit codes: 0 done; 1 failed, or the other node could not be told; 3 no agent; 4 refused."})
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new Console(spec).ask("explain");
    }
}
