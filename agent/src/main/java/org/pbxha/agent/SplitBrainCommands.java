// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.splitbrain.Acceptance;
import org.pbxha.agent.splitbrain.SplitBrain;
import org.pbxha.agent.splitbrain.SplitBrainKeeper;
import org.pbxha.agent.splitbrain.SplitBrainText;

/** What a person asks about a split brain, and the acceptance of what it costs. */
final class SplitBrainCommands {
    private static final int ACCEPT_WORDS = 3;

    private final SplitBrainKeeper keeper;
    private final Copies copies;

    SplitBrainCommands(SplitBrainKeeper keeper, Copies copies) {
        this.keeper = keeper;
        this.copies = copies;
    }

    Map<String, Handler> handlers() {
        return Map.of("split-brain", this::show);
    }

    private int show(List<String> words, PrintWriter out) {
        Optional<SplitBrain> open = keeper.open();
        if (words.contains("json")) {
            out.println(open.map(LinkJson::write).orElse("null"));
            return ExitCode.OK;
        }
        open.map(SplitBrainText::report)
                .orElse(List.of("no split brain is open: copies run as they should"))
                .forEach(out::println);
        List<SplitBrain> older = keeper.older();
        if (!older.isEmpty()) {
            out.println();
            out.println("earlier:");
            older.forEach(report -> out.println("  " + SplitBrainText.accepted(report)));
        }
        return ExitCode.OK;
    }

    /** {@code accept USER REASON...}. */
    int accept(List<String> words, PrintWriter out) {
        Acceptance acceptance = new Acceptance(
                words.size() < ACCEPT_WORDS ? "" : words.get(1),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                words.size() < ACCEPT_WORDS ? "" : String.join(" ", words.subList(2, words.size())));
        if (acceptance.reason().isEmpty()) {
            out.println(
                    "whoever accepts the loss of data says why: --reason TEXT, for those who read the history later");
            return ExitCode.USAGE;
        }
        // Nobody is to accept a loss that is not about to happen: it would be forgotten by then.
        String refusal = copies.wrongDirection();
        if (!refusal.isEmpty()) {
            out.println("the database was not replicated, and nothing was accepted: " + refusal);
            return ExitCode.REFUSED;
        }
        return accept(acceptance, out);
    }

    private int accept(Acceptance acceptance, PrintWriter out) {
        try {
            boolean any = keeper.acceptOnBoth(acceptance);
            out.println(any ? "accepted on both nodes: " + acceptance.reason() : "there was no split brain to accept");
            if (!copies.hasDatabase()) {
                out.println("this profile has no database; copy the files: `pbx-ha sync`");
            }
            return ExitCode.OK;
        } catch (PeerException e) {
            out.println("not accepted here, because the slave did not accept it: " + e.getMessage() + ". " + e.hint()
                    + " Then run this again.");
            return e.kind() == PeerException.Kind.REFUSED ? ExitCode.REFUSED : ExitCode.FAILED;
        } catch (IOException e) {
            out.println("the acceptance could not be written on this node: " + e.getMessage()
                    + "; make room in /var/lib/pbx-ha and run this again");
            return ExitCode.FAILED;
        }
    }
}
