// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.agent.observe.AsteriskVerdict.Condition;
import org.pbxha.ami.AsteriskReport;
import org.pbxha.ami.ProbeReading;
import org.pbxha.ami.ProbeReading.Outcome;

/** Each row: what every layer says, and the condition that it makes. Silence counts from 3 s, a start may take 60 s. */
class AsteriskJudgeTest {
    /** Clock readings may be near their end. */
    private static final long NOW = Long.MAX_VALUE - 17;

    private static final AsteriskJudge JUDGE = new AsteriskJudge(Duration.ofSeconds(3), Duration.ofSeconds(60));

    @ParameterizedTest(name = "{6}: {0}, process {1} s, control {2}, manager {3}, SIP {4} for {5} s")
    @CsvSource(textBlock = """
            # unit                         age  control  manager    SIP       s    condition
            active/running/success/-,      999, GREETS,  booted,    ALIVE,    0,   SERVING
            active/running/success/-,      999, GREETS,  booted,    SILENT,   2,   SERVING
            active/running/success/-,      999, GREETS,  booted,    ALIVE,    9,   UNKNOWN
            active/running/success/-,      999, GREETS,  none,      ALIVE,    0,   SERVING
            active/running/success/-,      10,  GREETS,  none,      ALIVE,    0,   SERVING
            none,                          -1,  GREETS,  none,      ALIVE,    0,   SERVING
            inactive/dead/success/-,       -1,  GREETS,  none,      ALIVE,    0,   SERVING
            active/running/success/-,      10,  GREETS,  loading,   ALIVE,    0,   STARTING
            active/running/success/-,      10,  GREETS,  loading,   SILENT,   9,   STARTING
            active/running/success/-,      10,  SILENT,  none,      CLOSED,   9,   STARTING
            activating/start/success/4,    59,  GREETS,  loading,   CLOSED,   90,  STARTING
            inactive/dead/success/4,       -1,  ABSENT,  none,      CLOSED,   9,   STARTING
            failed/failed/signal/4,        -1,  ABSENT,  none,      CLOSED,   9,   STARTING
            activating/start/success/4,    60,  GREETS,  loading,   CLOSED,   90,  DEAF
            active/running/success/-,      60,  SILENT,  none,      SILENT,   9,   HUNG
            inactive/dead/success/-,       -1,  ABSENT,  gone,      CLOSED,   9,   STOPPED_ON_PURPOSE
            inactive/dead/success/-,       -1,  ABSENT,  gone,      SILENT,   1,   STOPPED_ON_PURPOSE
            inactive/dead/exec-condition/-,-1,  ABSENT,  gone,      CLOSED,   9,   STOPPED_ON_PURPOSE
            deactivating/stop/success/7,   999, GREETS,  booted,    CLOSED,   9,   STOPPED_ON_PURPOSE
            active/running/success/-,      999, GREETS,  booted,    REFUSING, 9,   STOPPED_ON_PURPOSE
            deactivating/stop/watchdog/-,  999, GREETS,  booted,    CLOSED,   9,   CRASHED
            failed/failed/signal/-,        -1,  ABSENT,  gone,      CLOSED,   9,   CRASHED
            failed/failed/success/-,       -1,  ABSENT,  gone,      CLOSED,   9,   CRASHED
            inactive/dead/core-dump/-,     -1,  ABSENT,  gone,      CLOSED,   9,   CRASHED
            activating/auto-restart/signal/-,-1,ABSENT,  gone,      CLOSED,   1,   CRASHED
            active/exited/success/-,       -1,  ABSENT,  silent,    CLOSED,   9,   CRASHED
            active/running/success/-,      999, SILENT,  silent,    SILENT,   9,   HUNG
            active/running/success/-,      999, GREETS,  silent,    SILENT,   9,   HUNG
            active/running/success/-,      999, SILENT,  booted,    SILENT,   9,   HUNG
            active/running/success/-,      999, SILENT,  none,      SILENT,   3,   HUNG
            active/running/success/-,      999, PENDING, silent,    SILENT,   9,   HUNG
            active/running/success/-,      999, PENDING, booted,    SILENT,   9,   DEAF
            active/running/success/-,      999, GREETS,  booted,    SILENT,   9,   DEAF
            active/running/success/-,      999, GREETS,  booted,    CLOSED,   9,   DEAF
            active/running/success/-,      999, GREETS,  none,      SILENT,   9,   DEAF
            active/running/success/-,      999, PENDING, none,      SILENT,   9,   UNKNOWN
            active/running/success/-,      999, ABSENT,  none,      SILENT,   9,   UNKNOWN
            active/running/success/-,      999, GREETS,  booted,    CLOSED,   2,   UNKNOWN
            active/running/success/-,      999, SILENT,  silent,    UNABLE,   9,   UNKNOWN
            active/running/success/-,      999, SILENT,  silent,    PENDING,  9,   UNKNOWN
            none,                          -1,  SILENT,  silent,    SILENT,   9,   UNKNOWN
            none,                          -1,  GREETS,  booted,    SILENT,   2,   SERVING
            missing,                       -1,  ABSENT,  none,      CLOSED,   9,   UNKNOWN
            """)
    void judges(
            String unit,
            long age,
            ControlReading control,
            String manager,
            Outcome sip,
            int silence,
            Condition condition) {
        AsteriskReadings readings = new AsteriskReadings(
                unit(unit, age),
                control,
                manager(manager),
                new ProbeReading(sip, OptionalLong.of(ago(silence)), null, OptionalInt.empty(), null),
                ago(1_000),
                NOW);

        assertThat(JUDGE.judge(readings).condition()).isEqualTo(condition);
        assertThat(JUDGE.judge(readings).why()).isNotBlank();
    }

    private static @Nullable UnitReading unit(String text, long age) {
        OptionalLong started = age < 0 ? OptionalLong.empty() : OptionalLong.of(ago(age));
        if (text.equals("none")) {
            // The last word is too old to count.
            return new UnitReading(
                    "loaded", "active", "running", "success", false, 7, OptionalLong.empty(), false, ago(6));
        }
        if (text.equals("missing")) {
            return new UnitReading("not-found", "inactive", "dead", "success", false, 0, started, false, NOW);
        }
        String[] words = text.split("/", 4);
        return new UnitReading(
                "loaded", words[0], words[1], words[2], !words[3].equals("-"), age < 0 ? 0 : 7, started, false, NOW);
    }

    private static AsteriskReport manager(String text) {
        return switch (text) {
            case "booted" -> report(true, true, OptionalLong.of(ago(1)));
            case "loading" -> report(true, false, OptionalLong.of(ago(1)));
            case "silent" -> report(false, false, OptionalLong.of(ago(9)));
            case "gone" -> report(false, false, OptionalLong.of(ago(2)));
            default -> report(false, false, OptionalLong.empty());
        };
    }

    private static AsteriskReport report(boolean connected, boolean booted, OptionalLong answered) {
        return new AsteriskReport(connected, booted, null, OptionalInt.empty(), answered, null, null);
    }

    private static long ago(long seconds) {
        return NOW - Duration.ofSeconds(seconds).toNanos();
    }
}
