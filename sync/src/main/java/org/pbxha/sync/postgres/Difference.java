// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that keeps a snapshot from going into a database.
 *
 * @param where the table, sequence or whatever it is about
 * @param what what is wrong with it, on one line
 */
record Difference(String where, String what) {
    private static final int SHOWN = 40;
    private static final int LONGEST = 300;

    /** All of them as lines for people, grouped by what they are about and bounded in number and length. */
    static List<String> lines(List<Difference> differences) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        differences.stream()
                .limit(SHOWN)
                .forEach(difference -> groups.computeIfAbsent(difference.where(), where -> new ArrayList<>())
                        .add(cut(difference.what())));
        List<String> lines = new ArrayList<>();
        groups.forEach((where, what) -> {
            if (what.size() == 1) {
                lines.add("  " + where + ": " + what.get(0));
            } else {
                lines.add("  " + where + ":");
                what.forEach(line -> lines.add("    " + line));
            }
        });
        if (differences.size() > SHOWN) {
            lines.add("  and " + (differences.size() - SHOWN) + " more");
        }
        return lines;
    }

    /** Names and definitions may hold anything, even the end of a line. */
    private static String cut(String raw) {
        String text = raw.replaceAll("\\p{Cntrl}", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
