// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.log;

import java.util.List;

/** Words of others, and names of files, made fit for a log, a journal and a terminal. */
public final class PlainText {
    private static final int LONGEST_LINE = 300;

    private PlainText() {}

    /** One line without control, formatting and line-separating characters, cut at 300 characters. */
    public static String line(String text) {
        String plain = text.strip().replace('\t', ' ').replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE - 1) + "…";
    }

    /** The lines that are not blank, each as {@link #line} makes it. */
    public static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).map(PlainText::line).toList();
    }
}
