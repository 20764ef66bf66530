// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimetableTest {
    @Test
    void runsTasksByTheClockAndSaysWhenTheNextRunIs() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Timetable timetable = new Timetable()) {
            timetable.add("often", "* * * * * ?", runs::incrementAndGet);
            timetable.add("hourly", "0 0 * * * ?", () -> {});
            timetable.start();

            await().until(() -> runs.get() >= 2);
            assertThat(timetable.next("hourly").orElseThrow()).isAfter(Instant.now());
            assertThat(timetable.next("never")).isEmpty();
        }
    }
}
