// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Fencing;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Rule;
import org.pbxha.agent.core.RuleTable;
import org.pbxha.agent.core.Standing;
import org.pbxha.agent.core.State;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.state.NodeState;

/** Why this node does what it does: the facts with their ages, the row that matched, and the rows that nearly did. */
public final class Explanation {
    private static final int NEAR = 2;
    private static final int SHOWN = 6;

    private Explanation() {}

    /** As lines for people. */
    public static List<String> lines(Snapshot seen) {
        List<String> lines = new ArrayList<>(state(seen));
        lines.add("");
        lines.addAll(facts(seen.facts()));
        lines.add("");
        lines.add("row " + seen.rule().number() + " decides: " + seen.rule().reason());
        lines.add("  because  " + seen.rule().conditionWords());
        if (seen.rule().alarm()) {
            lines.add("  to do    " + seen.rule().advice());
        }
        lines.add("");
        lines.add("what would move this node next:");
        lines.addAll(near(seen));
        return lines;
    }

    private static List<String> state(Snapshot seen) {
        State state = seen.node().state();
        return List.of(
                "this node is %s, %s, epoch %d, mode %s"
                        .formatted(
                                lower(seen.node().role()),
                                lower(state.service()),
                                state.epoch(),
                                lower(state.standing().mode())),
                line("giving", lower(state.giving().phase()) + (state.giving().cutCalls() ? ", calls may be cut" : "")),
                line("SIP here", state.shut() ? "is to be closed by the firewall" : "open"),
                line("takeovers", state.standing().takeovers() + " without a quiet time between them"),
                line("marks", marks(seen.node())));
    }

    private static String marks(NodeState node) {
        Standing standing = node.state().standing();
        List<String> marks = new ArrayList<>();
        if (node.meeting() != null) {
            marks.add("a split brain keeps data from being copied: `pbx-ha split-brain`");
        }
        if (standing.pinned()) {
            marks.add("handed over by an operator");
        }
        if (standing.unable()) {
            marks.add("could not serve");
        }
        if (standing.fenced()) {
            marks.add("fenced by its peer");
        }
        return marks.isEmpty() ? "none" : String.join(", ", marks);
    }

    private static List<String> facts(Facts facts) {
        Facts.Peer peer = facts.peer();
        Facts.Own own = facts.own();
        Facts.Times times = facts.times();
        return List.of(
                "what is known:",
                line(
                        "ping",
                        ago(peer.icmpSilence()) + "; silent counts from "
                                + age(facts.limits().silence())),
                line("SIP", ago(peer.sipSilence())),
                line("peer link", ago(peer.linkSilence()) + "; peer ready for " + age(peer.healthy())),
                line("peer says", word(peer.word())),
                line(
                        "witness",
                        ago(times.witnessSilence())
                                + (times.witnessHeard()
                                        ? ""
                                        : "; none has answered yet: configure" + " takeover.witness")),
                line(
                        "Asterisk",
                        "%s, repair %s, %s calls, SIP %s"
                                .formatted(
                                        lower(own.asterisk()),
                                        lower(own.repair()),
                                        own.calls() < 0 ? "unknown" : own.calls(),
                                        own.sipClosed() ? "closed" : "open")),
                line(
                        "steps",
                        "towards " + lower(own.steps().towards()) + ": "
                                + lower(own.steps().phase())),
                line("paused", own.paused() ? "YES" : "no"),
                line("hooks", "takeover " + lower(own.veto())),
                line("fencing", fencing(own.fencing(), facts.limits().fenceRequired())),
                line(
                        "times",
                        "agent up %s, host up %s, in this phase %s"
                                .formatted(age(times.sinceStart()), age(times.sinceBoot()), age(times.inPhase()))));
    }

    private static String fencing(Fencing fencing, boolean required) {
        return fencing.phase() == Fencing.Phase.OFF
                ? "not configured"
                : lower(fencing.phase())
                        + (fencing.detail().isEmpty() ? "" : ": " + fencing.detail())
                        + (required ? "; required" : "");
    }

    private static String word(@Nullable PeerWord word) {
        return word == null
                ? "nothing yet"
                : "%s, epoch %d, Asterisk %s, %s%s"
                        .formatted(
                                lower(word.service()),
                                word.epoch(),
                                word.serving() ? "answers" : "does not answer",
                                word.ready() ? "ready" : "NOT READY",
                                word.plea() == PeerWord.Plea.NONE ? "" : ", asks: " + lower(word.plea()));
    }

    /** The rows that move something and lack least. */
    private static List<String> near(Snapshot seen) {
        State state = seen.node().state();
        record Near(Rule rule, List<String> missing) {}
        List<String> lines = RuleTable.rows().stream()
                .filter(rule -> rule.concerns(seen.facts().role(), state.service()))
                .filter(rule -> rule.outcome() != Outcome.STAY)
                .map(rule -> new Near(rule, rule.missing(state, seen.facts())))
                .filter(near -> !near.missing().isEmpty() && near.missing().size() <= NEAR)
                .sorted(Comparator.comparingInt(near -> near.missing().size()))
                .limit(SHOWN)
                .map(near -> line(
                        "row " + near.rule().number(),
                        near.rule().outcome().words() + ", lacks: " + String.join("; ", near.missing())))
                .toList();
        return lines.isEmpty() ? List.of("  nothing near") : lines;
    }

    private static String line(String name, String text) {
        return "  %-9s %s".formatted(name, text);
    }

    private static String ago(Duration silence) {
        return "answered " + age(silence) + " ago";
    }

    private static String age(Duration duration) {
        return Ages.text(duration);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
