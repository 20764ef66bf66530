// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    @Test
    void linesSayItWhereThereIsNoTerminal() {
        assertThat(shown(false, "progress 2 12 user features", "database replicated"))
                .isEqualTo("table 3 of 12: user features\ndatabase replicated\n");
    }

    @Test
    void aTerminalGetsABarThatOtherLinesReplace() {
        assertThat(shown(true, "progress 6 12 extensions", "database replicated"))
                .isEqualTo("\r\u001b[K[###############...............] 6 of 12 tables, extensions"
                        + "\r\u001b[Kdatabase replicated\n");
    }

    private static String shown(boolean terminal, String... lines) {
        StringWriter out = new StringWriter();
        ProgressBar bar = new ProgressBar(new PrintWriter(out), terminal);
        for (String line : lines) {
            bar.accept(line);
        }
        return out.toString();
    }
}
