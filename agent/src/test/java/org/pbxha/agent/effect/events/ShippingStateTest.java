// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.status.StatusReport;
import org.pbxha.sync.events.Blocker;
import org.pbxha.sync.events.ShippingException;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.events.TableReport;

/** What people hear of the shipping, and when. */
class ShippingStateTest {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    private final ShippingException down =
            new ShippingException(Kind.CONNECTION, "the target: no connection", "Look there.", null);
    private final ShippingException keyless =
            new ShippingException(Kind.TABLE, "cel cannot be shipped: no id", "Leave it out.", null);

    private final List<String> told = new ArrayList<>();
    private Instant now = START;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final ShippingState state = state(false);

    private ShippingState state(boolean alreadyTold) {
        return new ShippingState((failing, text) -> told.add(failing + " " + text), clock, alreadyTold);
    }

    @Test
    void lagIsThatOfTheTableThatIsFurthestBehind() {
        state.saw(List.of(report("queue_log", 100, -3), report("cel", 20, -7)));
        now = START.plusSeconds(10);

        assertThat(state.status()).isEqualTo(new StatusReport.Events(17L, 120, null, null, ""));
    }

    @Test
    void nothingIsSaidOfTheLagBeforeItIsKnown() {
        assertThat(state.status().behindSeconds()).isNull();
        state.saw(List.of(report("queue_log", 100, -3), new TableReport("cel", 5, 100, null, true, null, null)));

        assertThat(state.status()).isEqualTo(new StatusReport.Events(null, 200, null, null, ""));
    }

    @Test
    void troubleThatLastsIsToldOnceAndItsEndToo() {
        state.saw(List.of(report("queue_log", 0, 0)));
        for (int second = 0; second < 100; second++) {
            now = START.plusSeconds(second);
            state.failed(down);
            assertThat(told).hasSize(second < 60 ? 0 : 1);
        }
        assertThat(told).containsExactly("true the target: no connection. Look there.");
        assertThat(state.status())
                .isEqualTo(new StatusReport.Events(
                        99L, 0, null, "2026-01-02T03:00:00Z", "the target: no connection. Look there."));

        state.saw(List.of(report("queue_log", 7, 0)));
        state.saw(List.of(report("queue_log", 0, 99)));
        assertThat(told).hasSize(2).last().isEqualTo("false events are shipped again");
        assertThat(state.status().failingSince()).isNull();
    }

    @Test
    void aRestartOfADatabaseIsNoAlarm() {
        state.failed(down);
        now = START.plusSeconds(50);
        state.failed(down);
        now = START.plusSeconds(70);
        state.saw(List.of(report("queue_log", 0, 4)));

        assertThat(told).isEmpty();
    }

    @Test
    void whatAnAgentBeforeHasToldIsNotToldAgainButItsEndIs() {
        ShippingState after = state(true);
        for (int minute = 0; minute < 3; minute++) {
            now = START.plus(Duration.ofMinutes(minute));
            after.failed(down);
        }
        assertThat(told).isEmpty();

        after.saw(List.of(report("queue_log", 7, 0)));
        assertThat(told).containsExactly("false events are shipped again");
    }

    @Test
    void aTableThatCannotBeShippedIsToldAndTheOtherCounts() {
        for (int minute = 0; minute < 3; minute++) {
            now = START.plus(Duration.ofMinutes(minute));
            state.saw(List.of(
                    report("queue_log", 2, minute * 60L), new TableReport("cel", 0, 0, null, false, null, keyless)));
        }

        assertThat(told).containsExactly("true cel cannot be shipped: no id. Leave it out.");
        assertThat(state.status().behindSeconds()).isZero();
        assertThat(state.status().rows()).isEqualTo(2);
    }

    @Test
    void whoHoldsRowsBackIsNamedAtOnceAndToldWhenItLasts() {
        Blocker idle = new Blocker("process 4711 (role joe, database x)", START);
        state.saw(List.of(report("queue_log", 9, 0, idle)));
        assertThat(state.status().heldBackBy())
                .isEqualTo("process 4711 (role joe, database x), whose transaction is open since 2026-01-02T03:00:00Z");
        assertThat(told).isEmpty();

        now = START.plus(Duration.ofMinutes(5));
        state.saw(List.of(report("queue_log", 9, 0, idle)));
        now = now.plus(Duration.ofMinutes(1));
        state.saw(List.of(report("queue_log", 9, 0, idle)));
        assertThat(told).singleElement().asString().startsWith("true rows wait for process 4711");
        state.failed(down);
        assertThat(state.status().heldBackBy()).as("nobody knows any more").isNull();
        state.saw(List.of(report("queue_log", 0, 310)));
        assertThat(told).hasSize(2);
        assertThat(state.status().heldBackBy()).isNull();
    }

    private static TableReport report(String table, long waiting, long seconds) {
        return report(table, waiting, seconds, null);
    }

    private static TableReport report(String table, long waiting, long seconds, @Nullable Blocker blocker) {
        return new TableReport(table, 0, waiting, START.plusSeconds(seconds), false, blocker, null);
    }
}
