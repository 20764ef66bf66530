// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.effect.RepairProgress.Phase;
import org.pbxha.sync.process.Outcome;

class AsteriskRepairTest {
    private static final String KILL = "/bin/systemctl kill --signal=KILL --kill-who=main -- asterisk.service";
    private static final String FORGIVE = "/bin/systemctl reset-failed -- asterisk.service";
    private static final String RESTART = "/bin/systemctl restart --no-block -- asterisk.service";
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Pace pace = new Pace() {
        @Override
        public long nanoTime() {
            return clock.get();
        }

        @Override
        public void pause(Duration time) {
            clock.addAndGet(time.toNanos());
        }
    };
    private final StrictPrograms systemd = new StrictPrograms();
    private volatile boolean answers;
    private volatile boolean delayed;
    private volatile long answersAt;
    private AsteriskRepair repair = repair(systemd);

    @AfterEach
    void everyCallWasExpectedAndCame() {
        repair.close();
        assertThat(systemd.complaints()).isEmpty();
    }

    @Test
    void doesNothingUnasked() {
        assertThat(repair.progress()).isEqualTo(new RepairProgress(Phase.IDLE, 0, Duration.ZERO));
    }

    @Test
    void restartsACrashedAsteriskPolitely() {
        systemd.then(FORGIVE).then(RESTART, 0, () -> answersAfter(Duration.ofSeconds(1)));

        repair.repair(false);

        await().until(() -> repair.progress().phase() == Phase.DONE);
        assertThat(repair.progress()).isEqualTo(new RepairProgress(Phase.DONE, 1, Duration.ofSeconds(1)));
    }

    @Test
    void killsAHungAsteriskBeforeItRestartsIt() {
        systemd.then(KILL).then(FORGIVE).then(RESTART, 0, () -> answers = true);

        repair.repair(true);

        await().until(() -> repair.progress().phase() == Phase.DONE);
    }

    @Test
    void killsInTheSecondTryAndGivesUpWithinTheBudget() {
        systemd.then(FORGIVE)
                .then(RESTART)
                .then(KILL, 1, () -> {})
                .then(FORGIVE)
                .then(RESTART, 1, () -> {});

        repair.repair(false);

        await().until(() -> repair.progress().phase() == Phase.EXHAUSTED);
        assertThat(repair.progress()).isEqualTo(new RepairProgress(Phase.EXHAUSTED, 2, Duration.ofSeconds(8)));

        repair.repair(false);
        assertThat(repair.progress().phase()).isEqualTo(Phase.EXHAUSTED);
    }

    @Test
    void aCrashLoopIsExhausted() {
        repairOnce();
        systemd.then(KILL);
        repairOnce();

        repair.repair(false);

        assertThat(repair.progress().phase()).isEqualTo(Phase.EXHAUSTED);
        assertThat(repair.progress().tries()).isEqualTo(2);
    }

    @Test
    void triesOnceMoreEachMinuteWhenNobodyTakesOver() {
        aCrashLoopIsExhausted();
        clock.addAndGet(Duration.ofSeconds(60).toNanos() - 1);
        repair.observe(false);
        assertThat(repair.progress().phase()).isEqualTo(Phase.EXHAUSTED);

        clock.addAndGet(1);
        repair.observe(false);
        assertThat(repair.progress().phase()).isEqualTo(Phase.IDLE);
        systemd.then(KILL);
        repairOnce();
        repair.repair(false);
        assertThat(repair.progress().phase()).isEqualTo(Phase.EXHAUSTED);
    }

    @Test
    void forgetsTriesAfterTenMinutesOfServiceWithoutInterruption() {
        repairOnce();
        repair.observe(true);
        clock.addAndGet(TEN_MINUTES.minusSeconds(1).toNanos());
        repair.observe(true);
        repair.observe(false);
        repair.observe(true);
        clock.addAndGet(TEN_MINUTES.minusNanos(1).toNanos());
        repair.observe(true);
        assertThat(repair.progress().tries()).isEqualTo(1);

        clock.addAndGet(1);
        repair.observe(true);

        assertThat(repair.progress()).isEqualTo(new RepairProgress(Phase.IDLE, 0, Duration.ZERO));
        repairOnce();
    }

    @Test
    void saysAtOnceThatItRunsAndForgetsAllWhenTheNodeServesNoMore() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        repair.close();
        repair = repair(command -> {
            begun.countDown();
            try {
                never.await();
            } finally {
                stopped.countDown();
            }
            return new Outcome(0, "", "", false, Duration.ZERO);
        });
        repair.repair(true);
        assertThat(repair.progress().phase()).isEqualTo(Phase.RUNNING);
        await().until(() -> begun.getCount() == 0);
        repair.repair(true);

        repair.forget();

        await().until(() -> stopped.getCount() == 0);
        assertThat(repair.progress()).isEqualTo(new RepairProgress(Phase.IDLE, 0, Duration.ZERO));
    }

    @Test
    void needsATryAndTimeForIt() {
        assertThatThrownBy(() -> new RepairLimits(0, Duration.ofSeconds(8), Duration.ZERO, TEN_MINUTES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RepairLimits(1, Duration.ZERO, Duration.ZERO, TEN_MINUTES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void repairOnce() {
        answers = false;
        int before = repair.progress().tries();
        systemd.then(FORGIVE).then(RESTART, 0, () -> answers = true);
        repair.repair(false);
        await().until(() -> repair.progress().phase() == Phase.DONE);
        assertThat(repair.progress().tries()).isEqualTo(before + 1);
    }

    private void answersAfter(Duration time) {
        answersAt = clock.get() + time.toNanos();
        delayed = true;
    }

    private AsteriskRepair repair(ProgramRunner programs) {
        return new AsteriskRepair(
                programs,
                "asterisk.service",
                () -> answers || (delayed && clock.get() - answersAt >= 0),
                RepairLimits.DEFAULT,
                pace);
    }
}
