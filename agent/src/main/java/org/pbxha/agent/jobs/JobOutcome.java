// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.jobs;

import java.util.stream.Collectors;

/**
 * What one run says of itself.
 *
 * @param exitCode exit code for the command line that asked
 * @param text what was done, or why not and what to do next; one line, or a first line that ends with a colon and what it lists
 */
public record JobOutcome(int exitCode, String text) {
    private static final int LONGEST = 1000;

    /** The text on one line, cut at 1000 characters: for the history, hooks and the status. */
    public String line() {
        String line = text.lines()
                .map(String::strip)
                .collect(Collectors.joining("; "))
                .replace(":; ", ": ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
