// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.Locale;
import org.pbxha.sync.postgres.SnapshotSummary;

/** The lines that tell whoever waits for a replication how far it is; the command line draws a bar from the first kind. */
public final class ProgressLine {
    /** Begins a line: {@code progress DONE ALL TABLE}. */
    public static final String BEGINS = "progress ";

    private ProgressLine() {}

    static String begins(String table, int done, int all) {
        return BEGINS + done + " " + all + " " + table;
    }

    /** For people: one table that was sent. */
    static String done(SnapshotSummary.Table table) {
        return String.format(
                Locale.ROOT,
                "  %-40s %10d rows %s %12d bytes %8.2f s",
                table.name(),
                table.rows(),
                table.whole() ? "(all)    " : "(changed)",
                table.bytes(),
                table.took().toMillis() / 1000.0);
    }
}
