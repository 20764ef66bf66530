// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.util.Optional;

/**
 * How the forced command says no: one line on stderr, {@code pbx-ha sync: refused: SENTENCE}. Its exit code would not do,
 * because rsync reports a code of its own when the remote program ends early.
 */
public final class Refusal {
    /** What the line begins with; the forced command (sync-receive) writes the same. */
    public static final String PREFIX = "pbx-ha sync: refused: ";

    private Refusal() {}

    /** The sentence, when these words of the peer hold a refusal. */
    public static Optional<String> find(String words) {
        return words.lines()
                .filter(line -> line.startsWith(PREFIX))
                .map(line -> line.substring(PREFIX.length()).strip())
                .findFirst();
    }
}
