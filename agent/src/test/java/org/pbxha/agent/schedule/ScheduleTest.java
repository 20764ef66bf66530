// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void runsTasksByTheClockAndSaysWhenTheNextRunIs() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Schedule schedule = new Schedule()) {
            schedule.add("often", "* * * * * ?", runs::incrementAndGet);
            schedule.add("hourly", "0 0 * * * ?", () -> {});
            schedule.start();

            await().until(() -> runs.get() >= 2);
            assertThat(schedule.next("hourly").orElseThrow()).isAfter(Instant.now());
            assertThat(schedule.next("never")).isEmpty();
        }
    }
}
