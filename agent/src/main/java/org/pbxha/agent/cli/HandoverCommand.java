// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pbx-ha handover}. */
@Command(
        name = "handover",
        mixinStandardHelpOptions = true,
        description = {
            "Let the slave serve, at the next moment without a call, after a last copy of database and files.",
            "The slave keeps telephony until `pbx-ha failback`. Works on either node. Ctrl-C ends the waiting, not the handover."
        },
        footer = {"", "Exit codes: 0 done; 1 failed, or the other node could not be told; 3 no agent; 4 refused."})
final class HandoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new Console(spec).ask("handover");
    }
}
