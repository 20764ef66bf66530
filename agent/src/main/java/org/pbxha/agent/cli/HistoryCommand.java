// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.journal.JournalEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pbx-ha history}. Reads the journal itself, so it also answers when the agent is down. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "What was decided and done on this node, and why; the latest last.",
        footer = {"", "Exit codes: 0 done; 1 the journal cannot be read."})
final class HistoryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "COUNT",
            defaultValue = "50",
            description = "How many entries (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() {
        Console console = new Console(spec);
        try {
            List<JournalEntry> entries = new Journal(NodePaths.INSTALLED.journal()).last(lines);
            entries.forEach(entry -> console.print(describe(entry)));
            if (entries.isEmpty()) {
                console.error("nothing has happened yet on this node");
            }
            return ExitCode.OK;
        } catch (IOException e) {
            console.error("the journal cannot be read: " + e.getMessage() + "; run this as root");
            return ExitCode.FAILED;
        }
    }

    private static String describe(JournalEntry entry) {
        String row = entry.row() == 0 ? "" : " row " + entry.row();
        return "%s  %-11s %-7s epoch %d%s  %s"
                .formatted(entry.time(), entry.event(), entry.service(), entry.epoch(), row, entry.text());
    }
}
