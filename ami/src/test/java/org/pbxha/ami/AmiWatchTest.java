// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pbxha.ami.AmiException.Kind;
import org.pbxha.ami.ScriptedAsterisk.Connection;

class AmiWatchTest {
    private static final Duration RETRY = Duration.ofMillis(20);
    private static final AmiTiming FAST = new AmiTiming(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            RETRY);

    private final ScriptedAsterisk asterisk = new ScriptedAsterisk();
    private final AmiWatch watch = new AmiWatch(asterisk, FAST);

    @AfterEach
    void neverBreaksTheRules() {
        watch.close();
        assertThat(asterisk.violations()).isEmpty();
    }

    @Test
    void knowsNothingBeforeItStarts() {
        assertThat(watch.report()).isEqualTo(AsteriskReport.UNKNOWN);
        assertThat(watch.report().pingAge(System.nanoTime())).isEmpty();
        watch.start();
    }

    @Test
    void reportsVersionAndCallsOfABootedAsterisk() {
        Connection connection = asterisk.accepts();
        connection.booted = true;
        connection.calls = 7;
        watch.start();
        await().until(() -> watch.report().activeCalls().equals(OptionalInt.of(7)));
        assertThat(watch.report().connected()).isTrue();
        assertThat(watch.report().fullyBooted()).isTrue();
        assertThat(watch.report().version()).isEqualTo("22.10.1");
        assertThat(watch.report().problem()).isNull();
        assertThat(watch.report().pingRoundTrip()).isNotNull();
        connection.calls = 0;
        await().until(() -> watch.report().activeCalls().equals(OptionalInt.of(0)));
    }

    @Test
    void countsAtOnceWhenSomebodyWantsToKnow() {
        AmiTiming slow = new AmiTiming(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.ofHours(1),
                RETRY);
        Connection connection = asterisk.accepts();
        connection.booted = true;
        try (AmiWatch patient = new AmiWatch(asterisk, slow)) {
            CountDownLatch told = new CountDownLatch(1);
            patient.start();
            await().until(() -> patient.report().activeCalls().isPresent());
            patient.onCount(told::countDown);
            long now = System.nanoTime();
            connection.calls = 3;

            assertThat(patient.callsSince(now)).isEmpty();
            await().until(() -> told.getCount() == 0);
            assertThat(patient.callsSince(now)).hasValue(3);
        }
    }

    @Test
    void onlyPingsWhileAsteriskBoots() {
        Connection connection = asterisk.accepts();
        watch.start();
        await().until(() -> connection.pings.get() > 10);
        assertThat(watch.report().connected()).isTrue();
        assertThat(watch.report().fullyBooted()).isFalse();
        assertThat(watch.report().activeCalls()).isEmpty();
        connection.booted = true;
        await().until(() -> watch.report().fullyBooted());
    }

    @Test
    void letsThePingAgeGrowWhileAsteriskHangsAndTakesANewConnectionAfterThreeTimeOuts() {
        Connection hanging = asterisk.accepts();
        hanging.booted = true;
        watch.start();
        await().until(() -> hanging.pings.get() > 3);
        hanging.timeOuts.set(Integer.MAX_VALUE);
        await().until(() -> hanging.closed);
        AsteriskReport report = watch.report();
        assertThat(report.connected()).isFalse();
        assertThat(report.fullyBooted()).isFalse();
        assertThat(report.version()).isNull();
        assertThat(report.activeCalls()).isEmpty();
        assertThat(report.problem()).isNotNull();
        long now = System.nanoTime();
        assertThat(report.pingAge(now).orElseThrow())
                .isEqualTo(Duration.ofNanos(now - report.pingAnsweredAt().orElseThrow()))
                .isPositive();
    }

    @Test
    void comesBackByItselfAndForgetsTheProblem() {
        Connection first = asterisk.accepts();
        asterisk.refuses(Kind.TIMEOUT);
        Connection second = asterisk.accepts();
        second.booted = true;
        watch.start();
        await().until(() -> first.pings.get() > 0);
        first.broken = true;
        await().until(() -> watch.report().fullyBooted());
        assertThat(first.closed).isTrue();
        assertThat(watch.report().problem()).isNull();
    }

    @Test
    void keepsTheConnectionOverTwoUnansweredPings() {
        Connection connection = asterisk.accepts();
        watch.start();
        await().until(() -> connection.pings.get() > 0);
        connection.timeOuts.set(2);
        int before = connection.pings.get();
        await().until(() -> connection.pings.get() > before + 5);
        assertThat(connection.timeOuts).hasValue(0);
        assertThat(watch.report().connected()).isTrue();
        assertThat(watch.report().problem()).isNull();
        assertThat(asterisk.connectedAt()).hasSize(1);
    }

    @Test
    void waitsLongAfterARefusedAccount() {
        asterisk.refuses(Kind.ACCOUNT);
        Connection next = asterisk.accepts();
        watch.start();
        await().until(() -> watch.report().problem() != null);
        assertThat(watch.report().problem()).isEqualTo("scripted ACCOUNT");
        await().until(() -> next.pings.get() > 0);
        List<Long> at = asterisk.connectedAt();
        assertThat(Duration.ofNanos(at.get(1) - at.get(0))).isGreaterThanOrEqualTo(RETRY.multipliedBy(30));
    }

    @Test
    void logsOffWhenClosed() {
        Connection connection = asterisk.accepts();
        watch.start();
        await().until(() -> connection.pings.get() > 0);
        watch.close();
        assertThat(connection.closed).isTrue();
        int pings = connection.pings.get();
        await().during(Duration.ofMillis(50)).until(() -> connection.pings.get() == pings);
    }
}
