// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.jobs.JobResult;
import org.pbxha.agent.splitbrain.SplitBrainText;

/** The status as a person reads it at night: who serves, why, what next; then the details. */
public final class StatusText {
    private StatusText() {}

    /** The lines of {@code pbx-ha status}. */
    public static List<String> lines(StatusReport status) {
        List<String> lines = new ArrayList<>();
        lines.add(head("this node", status.self(), status.time()));
        lines.add(detail("why", "row " + status.row() + ": " + status.reason()));
        if (!status.next().isEmpty()) {
            lines.add(detail("NEXT", status.next()));
        }
        lines.addAll(operator(status.operator()));
        if (status.splitBrain() != null) {
            lines.addAll(SplitBrainText.section(status.splitBrain()));
        }
        lines.add(detail("asterisk", asterisk(status.self())));
        lines.add(detail("services", services(status)));
        lines.addAll(peer(status));
        lines.add(detail("probes", probes(status.silence())));
        if (status.silence().linkProblem() != null) {
            lines.add(detail("link", status.silence().linkProblem()));
        }
        lines.addAll(fencing(status.fencing(), status.time()));
        lines.add(copy("database", status.replication(), status.time()));
        lines.add(copy("files", status.sync(), status.time()));
        lines.add(String.format(Locale.ROOT, "%-11s %s", "events", events(status.events(), status.time())));
        return lines;
    }

    /** Only what is out of the ordinary. */
    private static List<String> operator(StatusReport.Operator set) {
        List<String> lines = new ArrayList<>();
        if (set.pausedUntil() != null) {
            String end = set.pausedUntil().equals("resume") ? "until `pbx-ha resume`" : "until " + set.pausedUntil();
            lines.add(detail("PAUSED", end + ": nothing moves by itself"));
        }
        if (set.mode().equals("manual")) {
            lines.add(detail("MODE", "manual: an operator moves telephony"));
        }
        if (set.pinned()) {
            lines.add(detail("pinned", "an operator handed telephony to this node; `pbx-ha failback` brings it home"));
        }
        if (set.unable()) {
            lines.add(detail("UNABLE", "Asterisk could not be repaired here; repair it, then `pbx-ha failback`"));
        }
        if (!set.giving().equals("none")) {
            lines.add(detail("giving", "telephony goes to the other node: " + set.giving()));
        }
        if (set.sipClosed()) {
            lines.add(detail("SIP", "CLOSED by the firewall; calls in progress go on"));
        }
        return lines;
    }

    /** What a silent peer said last is old news, and must not read as if it were so now. */
    private static List<String> peer(StatusReport status) {
        StatusReport.Node peer = status.peer();
        if (peer == null) {
            return List.of("the peer has not been heard yet");
        }
        if (status.silence().link() >= status.silence().limit()) {
            return List.of("the peer: %s %s, SILENT for %s; it last said that it was %s, epoch %d"
                    .formatted(
                            peer.role(), peer.address(), ago(status.silence().link()), peer.service(), peer.epoch()));
        }
        return List.of(head("the peer", peer, status.time()), detail("asterisk", asterisk(peer)));
    }

    private static String head(String which, StatusReport.Node node, String time) {
        String service = node.service().equals("active") ? "ACTIVE" : node.service();
        String since = node.since() == null ? "" : " since " + node.since() + " (" + age(node.since(), time) + ")";
        return "%s: %s %s, %s%s, epoch %d, pbx-ha %s"
                .formatted(which, node.role(), node.address(), service, since, node.epoch(), node.version());
    }

    private static String detail(String name, @Nullable String text) {
        return "  %-9s %s".formatted(name, text);
    }

    private static String asterisk(StatusReport.Node node) {
        String version = node.asteriskVersion().isEmpty() ? "" : node.asteriskVersion() + ", ";
        String serving = node.asteriskServing() ? "answers SIP, " + node.calls() + " calls" : "does not answer SIP";
        String expected = node.service().equals("standby") && !node.asteriskServing() ? " (as a standby should)" : "";
        String problem = node.service().equals("active") && node.problem() != null ? "; " + node.problem() : "";
        return version + serving + expected + problem + (node.ready() ? "" : "; NOT READY to serve");
    }

    private static String services(StatusReport status) {
        String direction = status.self().service().equals("active") ? "start" : "stop";
        return switch (status.steps()) {
            case "done" -> "as they should be";
            case "failed" -> "a required " + direction + " step failed; it is repeated; see journalctl -u pbx-ha";
            default -> direction + " steps under way";
        };
    }

    private static String probes(StatusReport.Silence silence) {
        return "last answers: ping %s, SIP %s, peer link %s ago; witness %s ago"
                .formatted(ago(silence.icmp()), ago(silence.sip()), ago(silence.link()), ago(silence.witness()));
    }

    private static String ago(long millis) {
        return Ages.text(Duration.ofMillis(millis));
    }

    private static List<String> fencing(StatusReport.@Nullable Fencing fencing, String time) {
        if (fencing == null) {
            return List.of();
        }
        String what = String.join(", then ", fencing.methods()) + (fencing.required() ? ", required" : "");
        String now = fencing.state().equals("untried")
                ? ""
                : "; " + fencing.state().toUpperCase(Locale.ROOT)
                        + (fencing.detail().isEmpty() ? "" : ": " + fencing.detail());
        return List.of(
                String.format(Locale.ROOT, "%-11s %s%s; %s", "fencing", what, now, check(fencing.check(), time)));
    }

    private static String check(JobResult check, String time) {
        if (check.lastRun() == null) {
            return "NEVER CHECKED: run `pbx-ha fencing check`";
        }
        String verdict = check.succeeded() ? "ready" : "NOT READY, " + check.text();
        return "checked " + age(check.lastRun(), time) + " ago: " + verdict;
    }

    private static String copy(String what, JobResult result, String time) {
        String age =
                result.lastSuccess() == null ? "never copied" : "copied " + age(result.lastSuccess(), time) + " ago";
        String failure = result.lastRun() != null && !result.succeeded() ? "; LAST RUN FAILED: " + result.text() : "";
        return String.format(Locale.ROOT, "%-11s %s%s", what, age, failure);
    }

    private static String events(StatusReport.@Nullable Events events, String time) {
        if (events == null) {
            return "off";
        }
        String behind = events.behindSeconds() == null ? "not all shipped yet" : events.behindSeconds() + " s behind";
        String held = events.heldBackBy() == null ? "" : "; held back by " + events.heldBackBy();
        String failing = events.failingSince() == null
                ? ""
                : "; FAILING for " + age(events.failingSince(), time) + ": " + events.problem();
        return behind + ", " + events.rows() + " rows to go" + held + failing;
    }

    private static String age(String instant, String now) {
        Duration age = Duration.between(Instant.parse(instant), Instant.parse(now));
        return Ages.text(age.isNegative() ? Duration.ZERO : age);
    }
}
