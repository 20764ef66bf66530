// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallCountTest {
    private static final int UNKNOWN = -1;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private long countedAt = clock.get();
    private int calls;
    private final CallCount count = new CallCount(nanos -> countedAt - nanos >= 0 ? calls : UNKNOWN, clock::get);

    @Test
    void aCountFromBeforeSipWasClosedSaysNothing() {
        assertThat(count.read(false)).isZero();
        clock.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(count.read(true)).isEqualTo(UNKNOWN);

        calls = 1;
        countedAt = clock.addAndGet(1);
        assertThat(count.read(true)).isEqualTo(1);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(count.read(true))
                .as("nothing can begin behind a closed door")
                .isEqualTo(1);
    }

    @Test
    void anOldCountSaysNothing() {
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(count.read(false)).isZero();
        clock.addAndGet(1);
        assertThat(count.read(false)).isEqualTo(UNKNOWN);
    }
}
