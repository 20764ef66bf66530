// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.observe.AsteriskVerdict.Condition;
import org.pbxha.ami.AsteriskReport;
import org.pbxha.ami.ProbeReading;
import org.pbxha.ami.ProbeReading.Outcome;

class AsteriskHealthTest {
    private static final AsteriskReport NO_MANAGER =
            new AsteriskReport(false, false, null, OptionalInt.empty(), OptionalLong.empty(), null, null);

    private final AtomicLong clock = new AtomicLong(System.nanoTime());
    private volatile Outcome sip = Outcome.PENDING;
    private volatile String active = "failed";

    @TempDir
    private Path directory;

    @Test
    void aHungSystemdHoldsUpNeitherTheCallerNorTheOtherLayers() {
        CountDownLatch never = new CountDownLatch(1);
        try (AsteriskHealth health = health(command -> {
            never.await();
            throw new AssertionError("never");
        })) {
            health.start();
            assertThat(health.verdict().condition()).isEqualTo(Condition.UNKNOWN);

            sip = Outcome.ALIVE;

            assertThat(health.verdict().condition()).isEqualTo(Condition.SERVING);
        }
    }

    @Test
    void hearsOfACrashFromSystemdAndCountsFromThen() {
        try (AsteriskHealth health = health(command -> new org.pbxha.sync.process.Outcome(
                0, "LoadState=loaded\nResult=signal\nActiveState=" + active + "\n", "", false, Duration.ZERO))) {
            health.start();
            await().until(() -> health.verdict().condition() == Condition.CRASHED);
            clock.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(health.verdict().since()).isEqualTo(Duration.ofSeconds(2));
            assertThat(health.warning()).isEmpty();

            active = "active";
            sip = Outcome.ALIVE;

            await().until(() -> health.verdict().condition() == Condition.SERVING);
            assertThat(health.verdict().since()).isZero();
        }
    }

    private AsteriskHealth health(ProgramRunner programs) {
        return new AsteriskHealth(
                () -> NO_MANAGER,
                () -> new ProbeReading(sip, OptionalLong.of(clock.get()), null, OptionalInt.empty(), null),
                programs,
                "asterisk.service",
                directory.resolve("ctl"),
                new AsteriskJudge(Duration.ofSeconds(3), Duration.ofSeconds(60)),
                clock::get);
    }
}
