// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.pbxha.agent.core.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pbx-ha mode}. */
@Command(
        name = "mode",
        mixinStandardHelpOptions = true,
        description = {
            "Say whether telephony moves by itself.",
            "In manual mode the agents watch, repair and raise alarms, and an operator moves telephony: `pbx-ha takeover`,"
                    + " `pbx-ha failback`. On both nodes, whichever runs it; survives restarts."
        },
        footer = {"", "Exit codes: 0 done; 1 only this node could be told; 2 wrong usage; 3 no agent."})
final class ModeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "automatic|manual", description = "The mode from now on.")
    private Mode mode = Mode.AUTOMATIC;

    @Override
    public Integer call() {
        return new Console(spec).ask("mode " + mode.name().toLowerCase(Locale.ROOT));
    }
}
