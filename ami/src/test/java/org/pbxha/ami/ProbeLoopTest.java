// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProbeLoopTest {
    private static final Duration INTERVAL = Duration.ofMillis(5);

    @Test
    void oneHungProbeHoldsUpNoOther() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        try (ProbeLoop hung = new ProbeLoop("hung", INTERVAL, deadline -> hang(hangs, release), fault -> {});
                ProbeLoop other =
                        new ProbeLoop("other", INTERVAL, deadline -> attempts.incrementAndGet(), fault -> {})) {
            hung.start();
            hangs.await();
            other.start();
            await().until(() -> attempts.get() > 5);
        } finally {
            release.countDown();
        }
    }

    @Test
    void goesOnAfterAFaultAndSaysSo() {
        AtomicInteger attempts = new AtomicInteger();
        AtomicReference<RuntimeException> heard = new AtomicReference<>();
        RuntimeException fault = new IllegalStateException("a bug");
        try (ProbeLoop loop = new ProbeLoop(
                "faulty",
                INTERVAL,
                deadline -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw fault;
                    }
                },
                heard::set)) {
            loop.start();
            await().until(() -> attempts.get() > 2);
            assertThat(heard.get()).isSameAs(fault);
        }
    }

    @Test
    void givesEachAttemptItsWholeIntervalAndADaemonThreadWithAName() {
        CompletableFuture<Duration> time = new CompletableFuture<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Duration interval = Duration.ofSeconds(20);
        try (ProbeLoop loop = new ProbeLoop(
                "named",
                interval,
                deadline -> {
                    thread.complete(Thread.currentThread());
                    time.complete(Duration.ofNanos(deadline - System.nanoTime()));
                },
                fault -> {})) {
            loop.start();
            assertThat(time.join()).isBetween(interval.minusSeconds(5), interval);
            assertThat(thread.join().getName()).isEqualTo("pbx-ha-probe named");
            assertThat(thread.join().isDaemon()).isTrue();
        }
        // It would sleep for 20 s; closing wakes it.
        await().until(() -> !thread.join().isAlive());
    }

    @Test
    void refusesAnIntervalThatWouldSpin() {
        assertThatThrownBy(() -> new ProbeLoop("spin", Duration.ZERO, deadline -> {}, fault -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }

    private static void hang(CountDownLatch hangs, CountDownLatch release) {
        hangs.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
