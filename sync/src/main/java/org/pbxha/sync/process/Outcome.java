// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import java.time.Duration;

/**
 * How a program ended.
 *
 * @param exitCode its exit code; 128 plus the signal when it was killed
 * @param output the last part of its stdout
 * @param errors the last part of its stderr
 * @param timedOut whether it was killed because its time was over
 * @param took from start to end
 */
public record Outcome(int exitCode, String output, String errors, boolean timedOut, Duration took) {
    /** Whether it ended by itself with exit code 0. */
    public boolean succeeded() {
        return exitCode == 0 && !timedOut;
    }

    /**
     * What to quote in an error message: stderr, or stdout of a program that complains there. One line without control
     * characters: the words may be the peer's, and they end up on a terminal.
     */
    public String complaint() {
        String words = errors.isBlank() ? output : errors;
        return words.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cntrl}", "?");
    }
}
