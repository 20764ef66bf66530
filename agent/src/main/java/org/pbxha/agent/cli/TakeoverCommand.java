// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pbx-ha takeover --force}. */
@Command(
        name = "takeover",
        mixinStandardHelpOptions = true,
        description = {
            "Make this node serve without asking the other one.",
            "For a master that is gone while the rules hold the takeover back: manual mode, a hook, no witness. If the other"
                    + " node serves and is heard, it stands down, and its calls are cut: use `pbx-ha handover` instead. If it is"
                    + " not heard it is fenced first, where that is configured; whatever comes of that, this node serves."
        },
        footer = {
            "",
            "Exit codes: 0 this node serves; 1 failed; 2 wrong usage; 3 no agent; 4 refused, it serves already."
        })
final class TakeoverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--force", required = true, description = "Yes, without the other node's consent.")
    private boolean force;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for `pbx-ha history`.")
    private String reason = "";

    @Override
    public Integer call() {
        String line = reason.replaceAll("\\s+", " ").strip();
        if (line.isEmpty() || !force) {
            throw new ParameterException(spec.commandLine(), "takeover: --force, and a --reason that is not empty");
        }
        return new Console(spec).ask("takeover " + line);
    }
}
