// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.agent.control.ExitCode;
import picocli.CommandLine;

class ReplicateCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json",
                "--accept-data-loss",
                "--reason x",
                "--plan --accept-data-loss --reason x",
                "--plan --reason x",
                "--plan --verify",
                "--verify --rollback"
            })
    void refusesOptionsThatDoNotGoTogether(String options) {
        assertThat(RootCommand.commandLine().execute(("replicate " + options).split(" ", -1)))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void asksForACopyAPlanOrAnAcceptance() {
        assertThat(request()).isEqualTo("replicate");
        assertThat(request("--verify")).isEqualTo("replicate verify");
        assertThat(request("--rollback")).isEqualTo("replicate rollback");
        assertThat(request("--plan")).isEqualTo("replication-plan");
        assertThat(request("--plan", "--json")).isEqualTo("replication-plan json");
        assertThat(request("--accept-data-loss", "--reason", " two\n tests "))
                .matches("replicate accept \\S+ two tests");
    }

    @Test
    void helpNamesThePlan() {
        StringWriter out = new StringWriter();
        CommandLine line = RootCommand.commandLine();
        line.setOut(new PrintWriter(out));

        assertThat(line.execute("replicate", "--help")).isZero();
        assertThat(out.toString()).contains("--verify | --rollback", "[--plan [--json]]");
    }

    private static String request(String... arguments) {
        ReplicateCommand command = new ReplicateCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.request();
    }
}
