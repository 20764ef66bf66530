// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.pbxha.agent.setup.Dialogue;
import picocli.CommandLine.Model.CommandSpec;

/** Talks to whoever started the command. */
final class TerminalDialogue implements Dialogue {
    private final PrintWriter out;
    private final PrintWriter err;
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    TerminalDialogue(CommandSpec spec) {
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void problem(String sentence, String next) {
        err.println("pbx-ha: " + sentence);
        if (!next.isEmpty()) {
            err.println("        " + next);
        }
        err.flush();
    }

    @Override
    public boolean canAsk() {
        return Terminal.reads();
    }

    @Override
    public String ask(String prompt) throws IOException {
        out.print(prompt);
        out.flush();
        String line = in.readLine();
        if (!canAsk()) {
            // What comes by a pipe is not echoed, and neither is its line end.
            out.println();
        }
        return line == null ? "" : line;
    }
}
