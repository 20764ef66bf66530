// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.status.StatusReport;
import org.pbxha.sync.SyncException;
import org.pbxha.sync.events.Blocker;
import org.pbxha.sync.events.TableReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the shipping, for people. Trouble is told once it lasts: a database that is upgraded is none. */
final class ShippingState {
    private static final Logger LOG = LoggerFactory.getLogger(ShippingState.class);
    private static final Duration LASTING = Duration.ofMinutes(1);
    /** An open transaction is ordinary; one that lasts so long keeps reports from being up to date. */
    private static final Duration HELD = Duration.ofMinutes(5);

    private static final String AGAIN = "events are shipped again";

    private final ShippingAlarm alarm;
    private final Clock clock;
    private final Map<String, TableReport> tables = new HashMap<>();
    private @Nullable Instant since;
    private String problem = "";
    private boolean told;

    /**
     * Nothing is known yet.
     *
     * @param told whether people have been told, by an agent before this one, that it fails
     */
    ShippingState(ShippingAlarm alarm, Clock clock, boolean told) {
        this.alarm = alarm;
        this.clock = clock;
        this.told = told;
    }

    /** Both connections work; this is how far the tables are. */
    synchronized void saw(List<TableReport> reports) {
        for (TableReport report : reports) {
            // What failed knows nothing new of its rows.
            tables.merge(
                    report.table(), report, (before, now) -> now.problem() == null ? now : before.withoutBlocker());
        }
        Stream<String> failed = reports.stream()
                .map(TableReport::problem)
                .filter(Objects::nonNull)
                .map(ShippingState::words);
        take(Stream.concat(failed, heldFor(HELD).stream()).distinct().collect(Collectors.joining("; ")));
    }

    /** A connection does not work. */
    synchronized void failed(SyncException error) {
        tables.replaceAll((table, report) -> report.withoutBlocker());
        take(words(error));
    }

    private Optional<String> heldFor(Duration least) {
        return blocker()
                .filter(found -> !found.since().plus(least).isAfter(clock.instant()))
                .map(found ->
                        "rows wait for " + words(found) + ". End it if it is forgotten: docs/events.md says how.");
    }

    private void take(String now) {
        if (now.isEmpty()) {
            since = null;
        } else if (since == null) {
            since = clock.instant();
        }
        if (!now.isEmpty() && !now.equals(problem)) {
            LOG.warn("events are not shipped: {}", now);
        } else if (now.isEmpty() && !problem.isEmpty()) {
            LOG.info(AGAIN);
        }
        problem = now;
        if (!told && since != null && !since.plus(LASTING).isAfter(clock.instant())) {
            told = true;
            alarm.tell(true, problem);
        } else if (told && since == null) {
            told = false;
            alarm.tell(false, AGAIN);
        }
    }

    synchronized StatusReport.Events status() {
        Instant now = clock.instant();
        boolean known = !tables.isEmpty() && tables.values().stream().allMatch(ShippingState::isKnown);
        Long behind = known
                ? tables.values().stream()
                        .map(TableReport::complete)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .map(complete ->
                                Math.max(0, Duration.between(complete, now).toSeconds()))
                        .orElse(null)
                : null;
        return new StatusReport.Events(
                behind,
                tables.values().stream().mapToLong(TableReport::waiting).sum(),
                blocker().map(ShippingState::words).orElse(null),
                since == null ? null : text(since),
                problem);
    }

    /** A table that has never been shipped because of a problem of its own says nothing about the others. */
    private static boolean isKnown(TableReport report) {
        return report.complete() != null || report.problem() != null;
    }

    private Optional<Blocker> blocker() {
        return tables.values().stream()
                .map(TableReport::blocker)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(Blocker::since));
    }

    private static String words(Blocker blocker) {
        return blocker.who() + ", whose transaction is open since " + text(blocker.since());
    }

    private static String words(SyncException error) {
        return error.getMessage() + ". " + error.hint();
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
