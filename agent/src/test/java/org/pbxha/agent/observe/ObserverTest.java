// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.StepsProgress;

class ObserverTest {
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(120));
    private static final PeerWord READY = new PeerWord(ServiceState.STANDBY, 1, true, false, true);

    // Near the overflow of the monotonic clock on purpose.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    private OptionalLong icmp = OptionalLong.empty();
    private OptionalLong link = OptionalLong.empty();
    private OptionalLong firstWitness = OptionalLong.empty();
    private OptionalLong secondWitness = OptionalLong.empty();
    private @Nullable PeerWord word;

    private final Observer observer = new Observer(
            Role.SLAVE,
            LIMITS,
            new Sources(
                    () -> icmp,
                    OptionalLong::empty,
                    () -> link,
                    List.of(() -> firstWitness, () -> secondWitness),
                    () -> word,
                    StepsProgress::idle,
                    () -> now,
                    () -> Duration.ofHours(1)));

    @Test
    void silenceCountsFromTheStartWhenNothingWasHeard() {
        pass(Duration.ofSeconds(4));

        assertThat(observer.get().icmpSilence()).isEqualTo(Duration.ofSeconds(4));
        assertThat(observer.get().peerHeard()).isFalse();
    }

    @Test
    void silenceCountsFromTheLastAnswerAcrossAClockThatWraps() {
        icmp = OptionalLong.of(now);
        pass(Duration.ofSeconds(30));

        assertThat(observer.get().icmpSilence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(observer.get().peerHeard()).isTrue();
    }

    @Test
    void oneWitnessThatAnswersIsEnough() {
        firstWitness = OptionalLong.of(now);
        pass(Duration.ofSeconds(20));
        secondWitness = OptionalLong.of(now);

        assertThat(observer.get().witnessSilence()).isZero();
    }

    @Test
    void thePeerIsHealthyOnlyWhileItKeepsSayingSo() {
        hear(READY);
        observer.get();
        pass(Duration.ofSeconds(2));
        hear(READY);
        assertThat(observer.get().peerHealthy()).isEqualTo(Duration.ofSeconds(2));

        hear(new PeerWord(ServiceState.STANDBY, 1, true, false, false));
        assertThat(observer.get().peerHealthy()).isZero();

        hear(READY);
        observer.get();
        pass(Duration.ofSeconds(3));
        assertThat(observer.get().peerHealthy()).as("a gap on the link").isZero();
    }

    @Test
    void whoWasFrozenCountsThePeersSilenceAnew() {
        hear(READY);
        icmp = OptionalLong.of(now);
        observer.get();
        pass(Duration.ofSeconds(30));
        firstWitness = OptionalLong.of(now);

        assertThat(observer.get().icmpSilence()).isZero();
        assertThat(observer.get().sipSilence()).isZero();
        assertThat(observer.get().linkSilence()).as("its word is old").isEqualTo(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(1));
        observer.get();
        pass(Duration.ofSeconds(1));
        assertThat(observer.get().icmpSilence()).isEqualTo(Duration.ofSeconds(2));
    }

    private void hear(PeerWord said) {
        word = said;
        link = OptionalLong.of(now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
