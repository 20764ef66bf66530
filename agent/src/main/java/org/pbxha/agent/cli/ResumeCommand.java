// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pbx-ha resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {"End a pause of the pair.", "Works on either node."},
        footer = {"", "Exit codes: 0 done; 1 failed, or the other node could not be told; 3 no agent; 4 refused."})
final class ResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new Console(spec).ask("resume");
    }
}
