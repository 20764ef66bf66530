// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.StepsProgress;
import org.pbxha.agent.core.StepsProgress.Phase;

class ServiceRunnerTest {
    private final AtomicLong clock = new AtomicLong();
    private final BlockingQueue<ServiceState> runs = new LinkedBlockingQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean succeeds = true;
    private volatile boolean hangs;
    private final ServiceRunner runner = new ServiceRunner(this::steps, clock::get);

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void saysWhenTheStepsAreDone() {
        assertThat(runner.progress().phase()).isEqualTo(Phase.IDLE);

        runner.start(ServiceState.ACTIVE, 1);

        await().untilAsserted(() ->
                assertThat(runner.progress()).isEqualTo(new StepsProgress(ServiceState.ACTIVE, Phase.DONE)));
    }

    @Test
    void aFailedRunIsDueAgainAfterAPause() {
        succeeds = false;
        runner.start(ServiceState.ACTIVE, 1);
        await().until(() -> runner.progress().phase() == Phase.FAILED);

        clock.addAndGet(Duration.ofSeconds(10).toNanos());

        assertThat(runner.progress().phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void theOtherDirectionOvertakesARunThatHangs() {
        hangs = true;
        runner.start(ServiceState.ACTIVE, 1);
        await().until(() -> !runs.isEmpty());
        hangs = false;

        runner.start(ServiceState.STANDBY, 2);

        await().untilAsserted(() ->
                assertThat(runner.progress()).isEqualTo(new StepsProgress(ServiceState.STANDBY, Phase.DONE)));
        assertThat(runs).containsExactly(ServiceState.ACTIVE, ServiceState.STANDBY);
    }

    private boolean steps(ServiceState towards, long epoch) {
        runs.add(towards);
        if (hangs) {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return succeeds;
    }
}
