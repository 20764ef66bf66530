// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How setup shows its findings and plans, and asks for consent. */
final class Report {
    private final Dialogue dialogue;
    private final boolean yes;

    /**
     * A report.
     *
     * @param yes whether consent was given on the command line
     */
    Report(Dialogue dialogue, boolean yes) {
        this.dialogue = dialogue;
        this.yes = yes;
    }

    /** Whether nobody could give consent: setup then does not even begin. */
    boolean nobodyToAsk() {
        if (yes || dialogue.canAsk()) {
            return false;
        }
        dialogue.problem("nobody is there to be asked: standard input is no terminal", "Give your consent with --yes.");
        return true;
    }

    void say(String line) {
        dialogue.say(line);
    }

    void problem(String sentence, String next) {
        dialogue.problem(sentence, next);
    }

    /** Shows all results, and says whether none stands in the way. */
    boolean passes(String title, List<Check> checks) {
        dialogue.say("");
        dialogue.say(title);
        for (Check check : checks) {
            String level = check.level().name().toLowerCase(Locale.ROOT);
            dialogue.say(String.format("  %-8s %s", level, check.sentence()));
            if (check.level() != Check.Level.OK && !check.next().isEmpty()) {
                dialogue.say("           -> " + check.next());
            }
        }
        return checks.stream().noneMatch(check -> check.level() == Check.Level.ERROR);
    }

    void plan(String title, List<String> lines) {
        dialogue.say("");
        dialogue.say(title);
        if (lines.isEmpty()) {
            dialogue.say("  nothing: all is done already");
        }
        lines.forEach(line -> dialogue.say("  - " + line));
    }

    /** Asks once; only a yes is a yes. */
    boolean agrees(String question) throws IOException {
        dialogue.say("");
        if (yes) {
            return true;
        }
        String answer = dialogue.ask(question + " [y/N] ").strip().toLowerCase(Locale.ROOT);
        boolean agreed = answer.equals("y") || answer.equals("yes");
        if (!agreed) {
            dialogue.say("Nothing was changed.");
        }
        return agreed;
    }
}
