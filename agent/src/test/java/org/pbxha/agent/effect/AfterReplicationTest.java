// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.effect.StepResult.Ending;
import org.pbxha.agent.profile.Step;
import org.pbxha.sync.CancelledException;

class AfterReplicationTest {
    private static final StepReport WELL = new StepReport(List.of(), false);

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private AfterReplication after = new AfterReplication(this::renew, this::steps, seen::add);

    @AfterEach
    void close() {
        gate.countDown();
        after.close();
    }

    @Test
    void renewsTheStatisticsAndThenCarriesOutTheSteps() throws Exception {
        after.changed(List.of("b", "a"));
        assertThat(seen.take()).isEqualTo("[a, b]");
        assertThat(seen.take()).isEqualTo("steps");
    }

    @Test
    void nothingChangedMeansNothingToDo() throws Exception {
        after.changed(List.of());
        after.changed(List.of("a"));
        assertThat(seen.take()).isEqualTo("[a]");
    }

    @Test
    void statisticsThatFailDoNotKeepTheStepsBack() throws Exception {
        after.close();
        after = new AfterReplication(
                tables -> {
                    throw new CancelledException("no");
                },
                this::steps,
                seen::add);
        after.changed(List.of("a"));
        assertThat(seen.take()).isEqualTo("steps");
    }

    @Test
    void failedStepsAreTold() throws Exception {
        Step step = new Step.TryRestartUnits(List.of("a.service"));
        StepResult failed = new StepResult(step, Ending.FAILED, "it would not", false, Duration.ZERO);
        after.close();
        after = new AfterReplication(this::renew, () -> new StepReport(List.of(failed), false), seen::add);
        after.changed(List.of("a"));
        assertThat(seen.take()).isEqualTo("[a]");
        assertThat(seen.take()).isEqualTo("steps after the replication failed: restart, where active, a: it would not");
    }

    @Test
    void takeoverCallsTheStepsOff() {
        after.close();
        after = new AfterReplication(this::renew, this::waitingSteps, seen::add);
        after.changed(List.of("a"));
        await().until(() -> seen.contains("waiting"));
        after.letGo();
        await().until(() -> seen.contains("called off"));
    }

    private void renew(Collection<String> tables) {
        seen.add(tables.toString());
    }

    private StepReport steps() {
        seen.add("steps");
        return WELL;
    }

    private StepReport waitingSteps() {
        seen.add("waiting");
        try {
            gate.await();
            return WELL;
        } catch (InterruptedException e) {
            seen.add("called off");
            return new StepReport(List.of(), true);
        }
    }
}
