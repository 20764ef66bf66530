// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.log.PlainText;
import org.pbxha.agent.state.Meeting;

/** A split brain in words. */
public final class SplitBrainText {
    private static final String ACCEPT = "`pbx-ha replicate --accept-data-loss --reason TEXT`";

    private SplitBrainText() {}

    /** Why nothing is copied to the slave, and what to do about it. */
    public static String refusal(Meeting meeting) {
        return "both nodes were active " + time(meeting) + ", and what the slave wrote would be overwritten. Read"
                + " `pbx-ha split-brain` and save what is worth it, then on the master: " + ACCEPT;
    }

    /** One line a meeting: {@code both nodes were active from A to B (4 min 12 s); ...}. */
    public static String meeting(Meeting meeting) {
        return "both nodes were active " + time(meeting) + "; the master " + term(meeting.master()) + ", the slave "
                + term(meeting.slave()) + "; the " + lower(meeting.stayed()) + " kept telephony";
    }

    private static String time(Meeting meeting) {
        Duration overlap = meeting.overlap();
        return overlap.isNegative()
                ? "until " + seconds(meeting.met()) + ", for how long cannot be told: the clocks of the nodes differ"
                : "from " + seconds(meeting.from()) + " to " + seconds(meeting.met()) + " (" + length(overlap) + ")";
    }

    /** What one node wrote, in one line. */
    public static String writes(@Nullable Writes writes) {
        if (writes == null) {
            return "not known yet; it is asked";
        }
        return rows(writes.database()) + "; " + paths(writes.files());
    }

    /** The whole report for people. */
    public static List<String> report(SplitBrain report) {
        List<String> lines = new ArrayList<>();
        lines.add("SPLIT BRAIN: both nodes were active at the same time");
        report.meetings().forEach(meeting -> lines.add("  " + meeting(meeting)));
        for (Role role : List.of(Role.MASTER, Role.SLAVE)) {
            lines.add("");
            lines.addAll(node(role, report.writes(role)));
        }
        lines.add("");
        lines.addAll(advice(report));
        return lines;
    }

    /** The section of the status. */
    public static List<String> section(SplitBrain report) {
        List<String> lines = new ArrayList<>();
        lines.add("SPLIT BRAIN " + meeting(report.last()));
        lines.add("  master    " + writes(report.master()));
        lines.add("  slave     " + writes(report.slave()));
        lines.add(
                "  NEXT      nothing is copied to the slave until you have read `pbx-ha split-brain` and run, on the master, "
                        + ACCEPT);
        return lines;
    }

    /** An accepted report, in one line. */
    public static String accepted(SplitBrain report) {
        Acceptance acceptance = report.acceptance();
        return meeting(report.last())
                + (acceptance == null
                        ? "; closed without an acceptance"
                        : "; accepted by " + acceptance.user() + " at " + seconds(acceptance.time()) + ": "
                                + acceptance.reason());
    }

    private static List<String> node(Role role, @Nullable Writes writes) {
        List<String> lines = new ArrayList<>();
        if (writes == null) {
            return List.of("what the " + lower(role) + " wrote is not known here: it has not been heard since, or runs"
                    + " another version. It is asked until it answers.");
        }
        lines.add("what the " + lower(role) + " wrote, as of " + seconds(writes.asOf()) + ":");
        lines.add("  database  " + rows(writes.database()));
        writes.database()
                .tables()
                .forEach(table -> lines.add("            %-32s %d written, %d gone"
                        .formatted(PlainText.line(table.name()), table.written(), table.gone())));
        int left = writes.database().changed() - writes.database().tables().size();
        if (left > 0) {
            lines.add("            and " + left + " more tables");
        }
        lines.add("  files     " + paths(writes.files()));
        writes.files().newest().forEach(path -> lines.add("            " + PlainText.line(path)));
        return lines;
    }

    private static List<String> advice(SplitBrain report) {
        return List.of(
                "written: rows inserted or changed; gone: replicated rows changed or deleted. Deleted files are not seen.",
                "what to do:",
                "  1. Telephony needs nothing from you: the "
                        + lower(report.last().stayed()) + " kept it, and it comes home by itself.",
                "  2. Save what is worth it from the slave: the next copy makes it equal to the master.",
                "  3. On the master: " + ACCEPT,
                "  Until then nothing is copied, and the slave's data grows older.");
    }

    private static String rows(Writes.Rows rows) {
        String told = rows.since() == null
                ? ""
                : "%d rows written and %d gone in %d tables since the replication of %s"
                        .formatted(rows.written(), rows.gone(), rows.changed(), seconds(rows.since()));
        return joined(told, rows.problem(), "rows");
    }

    private static String paths(Writes.Paths paths) {
        Instant since = paths.since();
        String told = since == null ? "" : "%d files changed since %s".formatted(paths.count(), seconds(since));
        return joined(told, paths.problem(), "files");
    }

    private static String joined(String told, String problem, String what) {
        if (problem.isEmpty()) {
            return told;
        }
        String untold =
                "of " + (told.isEmpty() ? "its " : "some ") + what + " it cannot be told: " + PlainText.line(problem);
        return told.isEmpty() ? untold : told + ", and " + untold;
    }

    private static String term(Meeting.Term term) {
        return "in epoch " + term.epoch() + (term.since() == null ? "" : " since " + seconds(term.since()));
    }

    private static String length(Duration overlap) {
        long minutes = overlap.toMinutes();
        return minutes == 0
                ? "%d.%d s".formatted(overlap.toSeconds(), overlap.toMillisPart() / 100)
                : minutes + " min " + overlap.toSecondsPart() + " s";
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
