// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.PrintWriter;
import org.pbxha.agent.control.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pbx-ha}: the command line's root. */
@Command(
        name = "pbx-ha",
        description = "Keeps a pair of Asterisk PBXs answering calls when one of them dies.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AgentCommand.class,
            StatusCommand.class,
            ReplicateCommand.class,
            SyncCommand.class,
            SplitBrainCommand.class,
            HandoverCommand.class,
            FailbackCommand.class,
            TakeoverCommand.class,
            FencingCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            ModeCommand.class,
            ExplainCommand.class,
            CheckMasterStatusCommand.class,
            ServicesCommand.class,
            SetupCommand.class,
            ConfigCommand.class,
            HistoryCommand.class,
            VersionCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 no agent; 4 refused by the state of the pair; 78 wrong"
                    + " configuration.",
            "Start with `pbx-ha setup --help`; the guide is in /usr/share/doc/pbx-ha."
        })
public final class RootCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** Runs one command line and returns its exit code. */
    public static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new RootCommand());
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((error, failed, parsed) -> {
            PrintWriter err = failed.getErr();
            err.println("pbx-ha: " + error.getMessage());
            err.flush();
            return ExitCode.FAILED;
        });
        return line;
    }
}
