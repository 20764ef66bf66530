// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pbx-ha failback}. */
@Command(
        name = "failback",
        mixinStandardHelpOptions = true,
        description = {
            "Bring telephony home to the master, at the next moment without a call.",
            "Works on either node, and also after a handover, in manual mode, and for a master that could not serve."
                    + " Ctrl-C ends the waiting, not the failback."
        },
        footer = {
            "",
            "Exit codes: 0 done; 1 failed; 3 no agent; 4 refused, for example because the master is not ready."
        })
final class FailbackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--cut-calls", description = "Do not wait for calls to end.")
    private boolean cutCalls;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        return new Console(spec).ask("failback" + (cutCalls ? " cut-calls" : "") + (dryRun ? " dry-run" : ""));
    }
}
