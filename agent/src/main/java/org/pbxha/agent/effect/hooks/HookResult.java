// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import java.util.List;
import java.util.stream.Stream;
import org.pbxha.agent.log.PlainText;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/**
 * How one hook ended.
 *
 * @param hook event and file name: {@code after-takeover/mail}
 * @param ending {@code exit N after N ms}, {@code timed out after N ms} or {@code refused}
 * @param succeeded whether it ended by itself with exit code 0
 * @param saysNo whether it ended by itself with exit code 1
 * @param lines the last of what it wrote, standard output first, without control characters; of a refused hook, why
 */
record HookResult(String hook, String ending, boolean succeeded, boolean saysNo, List<String> lines) {
    private static final int NO = 1;

    static HookResult ended(String hook, Outcome outcome) {
        boolean byItself = !outcome.timedOut();
        return new HookResult(
                hook,
                (byItself ? "exit " + outcome.exitCode() : "timed out") + " after "
                        + outcome.took().toMillis() + " ms",
                outcome.succeeded(),
                byItself && outcome.exitCode() == NO,
                Stream.of(outcome.output(), outcome.errors())
                        .flatMap(text -> PlainText.lines(text).stream())
                        .toList());
    }

    static HookResult refused(String hook, ProcessException why) {
        return new HookResult(hook, "refused", false, false, List.of(why.getMessage() + ". " + why.hint()));
    }

    /** For the journal: {@code after-takeover/mail: exit 0 after 12 ms: LAST LINE}. */
    String text() {
        return said(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    }

    /** For the log: as {@link #text} with all lines. */
    String fullText() {
        return said(String.join("; ", lines));
    }

    /** Why it says no: {@code before-takeover/calls: FIRST LINE}. */
    String objection() {
        return hook + ": " + (lines.isEmpty() ? "gave no reason" : lines.get(0));
    }

    private String said(String words) {
        String how = hook + ": " + ending;
        return words.isEmpty() ? how : how + ": " + words;
    }
}
