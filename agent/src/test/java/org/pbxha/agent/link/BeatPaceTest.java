// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BeatPaceTest {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private long now;
    private final BeatPace pace = new BeatPace(() -> now);

    @Test
    void aPeerThatSaysNothingIsToldAtEachTurn() {
        assertThat(turns(20, false)).isEqualTo(20);
    }

    @Test
    void aPeerThatAsksIsToldByTheAnswers() {
        assertThat(turns(BeatPace.MOST_SKIPPED, true)).isZero();
    }

    @Test
    void oneOfTenIsSentAllTheSame() {
        assertThat(turns(100, true)).isEqualTo(10);
    }

    @Test
    void newsAreSentAtOnce() {
        pace.asked();
        assertThat(pace.isDue(INTERVAL, true)).isTrue();
    }

    @Test
    void aPeerThatFallsSilentIsToldAfterOneInterval() {
        pace.asked();
        now += INTERVAL.toNanos();
        assertThat(pace.isDue(INTERVAL, false)).isFalse();
        now += 1;
        assertThat(pace.isDue(INTERVAL, false)).isTrue();
    }

    private long turns(int count, boolean asked) {
        return IntStream.range(0, count)
                .filter(turn -> {
                    now += INTERVAL.toNanos();
                    if (asked) {
                        pace.asked();
                    }
                    return pace.isDue(INTERVAL, false);
                })
                .count();
    }
}
