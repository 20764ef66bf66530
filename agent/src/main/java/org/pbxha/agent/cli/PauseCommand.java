// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import org.pbxha.agent.config.BadValueException;
import org.pbxha.agent.config.DurationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pbx-ha pause}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Keep the pair from moving by itself, for maintenance: no takeover, no repair, no failback.",
            "On both nodes, whichever runs it; survives restarts and is shown in `pbx-ha status`. A forced takeover still works."
        },
        footer = {"", "Exit codes: 0 done; 1 only this node could be told; 2 wrong usage; 3 no agent; 4 refused."})
final class PauseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--for", paramLabel = "TIME", description = "How long: 30m, 2h. Without it until `pbx-ha resume`.")
    private String length = "";

    @Override
    public Integer call() {
        if (!length.isEmpty()) {
            check();
        }
        return new Console(spec).ask(("pause " + length).strip());
    }

    private void check() {
        try {
            DurationText.parse(length);
        } catch (BadValueException e) {
            throw new ParameterException(spec.commandLine(), "--for " + length + " " + e.getMessage(), e);
        }
    }
}
