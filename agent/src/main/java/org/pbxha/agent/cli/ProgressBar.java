// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import org.pbxha.agent.effect.ProgressLine;

/** Draws how far a replication is on a terminal, and says it in lines elsewhere; other lines are printed as they are. */
final class ProgressBar implements Consumer<String> {
    private static final int WIDTH = 30;
    private static final int PARTS = 4;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;

    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void accept(String line) {
        if (!line.startsWith(ProgressLine.BEGINS)) {
            out.println((terminal ? CLEAR_LINE : "") + line);
        } else {
            String[] parts = line.split(" ", PARTS);
            draw(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[PARTS - 1]);
        }
        out.flush();
    }

    private void draw(int done, int all, String table) {
        if (terminal) {
            int filled = WIDTH * done / all;
            out.print(CLEAR_LINE + "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] "
                    + String.format(Locale.ROOT, "%d of %d tables, %s", done, all, table));
        } else {
            out.println("table " + (done + 1) + " of " + all + ": " + table);
        }
    }
}
