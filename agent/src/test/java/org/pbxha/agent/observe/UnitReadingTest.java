// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UnitReadingTest {
    @Test
    void readsARunningUnit() {
        String answer = """
                MainPID=137
                Result=success
                ExecMainStartTimestampMonotonic=16370211
                LoadState=loaded
                ActiveState=active
                SubState=running
                Job=
                """;

        assertThat(UnitReading.parse(answer, 5))
                .isEqualTo(new UnitReading(
                        "loaded",
                        "active",
                        "running",
                        "success",
                        false,
                        137,
                        OptionalLong.of(16_370_211_000L),
                        false,
                        5));
    }

    @Test
    void knowsNoProcessOfAStoppedUnit() {
        String answer = """
                MainPID=0
                Result=success
                ExecMainStartTimestampMonotonic=16370211
                LoadState=loaded
                ActiveState=inactive
                SubState=dead
                Job=0
                """;

        UnitReading reading = UnitReading.parse(answer, 5);

        assertThat(reading.startedAt()).isEmpty();
        assertThat(reading.isResting()).isTrue();
        assertThat(reading.endedAsWanted()).isTrue();
    }

    /** Asterisk 16 does not end by SIGTERM while it loads. */
    @Test
    void remembersThatAStopWhichEndedByForceWasAskedFor() {
        UnitReading stopping = UnitReading.parse("ActiveState=deactivating\nResult=success\n", 1);
        UnitReading forced = UnitReading.parse("ActiveState=deactivating\nResult=timeout\n", 2);
        UnitReading failed = UnitReading.parse("ActiveState=failed\nResult=timeout\n", 3);
        UnitReading running = UnitReading.parse("ActiveState=active\nResult=success\n", 4);

        assertThat(failed.after(forced.after(stopping)).endedAsWanted()).isTrue();
        assertThat(failed.after(forced).endedAsWanted()).isFalse();
        assertThat(failed.after(running.after(stopping)).endedAsWanted()).isFalse();
        assertThat(failed.after(null).endedAsWanted()).isFalse();
    }

    @Test
    void refusesAnAnswerThatIsNone() {
        assertThatThrownBy(() -> UnitReading.parse("", 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
