// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerClockTest {
    private static final long START = Duration.ofHours(5).toNanos();

    private final PeerClock clock = new PeerClock();

    @Test
    void aReportThatWaitedInTheKernelIsAsOldAsItIs() {
        clock.read(report("b1", Duration.ofSeconds(100)), START, after(0));

        assertThat(clock.writtenAt(report("b1", Duration.ofSeconds(101)), after(9)))
                .isEqualTo(after(1));
        assertThat(clock.writtenAt(report("b1", Duration.ofSeconds(109)), after(9)))
                .isEqualTo(after(9));
    }

    @Test
    void withoutAPromptAnswerOfThisBootEveryReportIsNews() {
        assertThat(clock.writtenAt(report("b1", Duration.ofSeconds(1)), START)).isEqualTo(START);
        clock.read(report("b1", Duration.ofSeconds(100)), START, after(8));
        assertThat(clock.writtenAt(report("b1", Duration.ofSeconds(1)), START)).isEqualTo(START);
        clock.read(report("b1", Duration.ofSeconds(100)), START, START);
        assertThat(clock.writtenAt(report("b2", Duration.ofSeconds(3)), after(60)))
                .isEqualTo(after(60));
    }

    @Test
    void clocksThatDriftWhileNobodyAnswersMakeNoReportOld() {
        clock.read(report("b1", Duration.ofSeconds(100)), START, START);
        long day = START + Duration.ofDays(1).toNanos();
        Duration uptime = Duration.ofSeconds(100).plus(Duration.ofDays(1));

        assertThat(clock.writtenAt(report("b1", uptime.minusSeconds(40)), day)).isEqualTo(day);
    }

    @Test
    void aHostThatWasSetBackIsUnderstoodFromItsNextAnswerOn() {
        clock.read(report("b1", Duration.ofHours(3)), START, START);
        assertThat(clock.writtenAt(report("b1", Duration.ofSeconds(100)), after(1)))
                .isLessThan(START);

        clock.read(report("b1", Duration.ofSeconds(101)), after(2), after(2));
        assertThat(clock.writtenAt(report("b1", Duration.ofSeconds(102)), after(3)))
                .isEqualTo(after(3));
    }

    @Test
    void nothingIsWrittenInTheFuture() {
        clock.read(report("b1", Duration.ofSeconds(100)), START, START);
        assertThat(clock.writtenAt(report("b1", Duration.ofSeconds(103)), after(2)))
                .isEqualTo(after(2));
    }

    private static long after(long seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }

    private static AgentReport report(String boot, Duration uptime) {
        return AgentReportTest.with(boot, uptime);
    }
}
