// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table that Asterisk prints for "core show taskprocessors". */
final class TaskProcessors {
    /** Name, processed, in queue, max depth, low water, high water; newer versions have more columns after these. */
    private static final Pattern ROW = Pattern.compile(
            "^(\\S.*?)\\s+(\\d{1,18})\\s+(\\d{1,18})\\s+(\\d{1,18})\\s+(\\d{1,18})\\s+(\\d{1,18})(\\s.*)?$");

    private static final int QUEUED = 3;
    private static final int HIGH_WATER = 6;

    private TaskProcessors() {}

    /** The rows, without headings. */
    static List<String> rows(String table) {
        return table.lines().filter(line -> ROW.matcher(line).matches()).toList();
    }

    /** Those with more in their queue than their high water mark, "NAME (QUEUED waiting)", in the order of the table. */
    static List<String> flooded(String table) {
        return table.lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .filter(row -> Long.parseLong(row.group(HIGH_WATER)) > 0
                        && Long.parseLong(row.group(QUEUED)) > Long.parseLong(row.group(HIGH_WATER)))
                .map(row -> row.group(1) + " (" + row.group(QUEUED) + " waiting)")
                .toList();
    }
}
