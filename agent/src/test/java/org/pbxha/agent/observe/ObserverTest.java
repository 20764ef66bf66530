// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.state.NodeState;
import org.pbxha.agent.testing.FactsBuilder;

class ObserverTest {
    private static final NodeState NODE =
            new NodeState(Role.SLAVE, State.initial(Role.SLAVE), "boot", Instant.EPOCH, 0, "");
    private static final PeerWord READY = new PeerWord(ServiceState.STANDBY, 1, true, false, true);

    // Near the overflow of the monotonic clock on purpose.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    private OptionalLong icmp = OptionalLong.empty();
    private OptionalLong link = OptionalLong.empty();
    private OptionalLong firstWitness = OptionalLong.empty();
    private OptionalLong sip = OptionalLong.empty();
    private OptionalLong secondWitness = OptionalLong.empty();
    private @Nullable PeerWord word;
    private NodeState node = NODE;

    private final Observer observer = new Observer(
            Role.SLAVE,
            FactsBuilder.LIMITS,
            new Sources(
                    () -> icmp,
                    () -> sip,
                    () -> link,
                    List.of(() -> firstWitness, () -> secondWitness),
                    () -> word,
                    node -> new FactsBuilder(Role.SLAVE, null).facts().own(),
                    () -> now,
                    () -> Duration.ofHours(1)));

    @Test
    void silenceCountsFromTheStartWhenNothingWasHeard() {
        pass(Duration.ofSeconds(4));

        assertThat(look().peer().icmpSilence()).isEqualTo(Duration.ofSeconds(4));
        assertThat(look().peer().heard()).isFalse();
    }

    @Test
    void aSlowStartIsNobodysSilence() {
        pass(Duration.ofSeconds(9));
        observer.begin();

        assertThat(look().peer().linkSilence()).isZero();
        assertThat(look().peer().icmpSilence()).isZero();
        assertThat(look().times().thawed()).isFalse();
    }

    @Test
    void onlyAnAnswerIsAnAnswer() {
        assertThat(look().peer().sipSilence()).isZero();
        assertThat(look().peer().sipAnswers()).isFalse();

        sip = OptionalLong.of(now);
        assertThat(look().peer().sipAnswers()).isTrue();

        pass(Duration.ofSeconds(30));
        assertThat(look().peer().sipSilence()).as("this node slept").isZero();
        assertThat(look().peer().sipAnswers()).isFalse();
    }

    @Test
    void silenceCountsFromTheLastAnswerAcrossAClockThatWraps() {
        icmp = OptionalLong.of(now);
        pass(Duration.ofSeconds(30));

        assertThat(look().peer().icmpSilence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(look().peer().heard()).as("a host that boots answers ping").isFalse();
    }

    @Test
    void oneWitnessThatAnswersIsEnough() {
        firstWitness = OptionalLong.of(now);
        pass(Duration.ofSeconds(20));
        secondWitness = OptionalLong.of(now);

        assertThat(look().times().witnessSilence()).isZero();
    }

    @Test
    void thePeerIsHealthyOnlyWhileItKeepsSayingSo() {
        hear(READY);
        look();
        pass(Duration.ofSeconds(2));
        hear(READY);
        assertThat(look().peer().healthy()).isEqualTo(Duration.ofSeconds(2));

        hear(new PeerWord(ServiceState.STANDBY, 1, true, false, false));
        assertThat(look().peer().healthy()).isZero();

        hear(READY);
        look();
        pass(Duration.ofSeconds(3));
        assertThat(look().peer().healthy()).as("a gap on the link").isZero();
    }

    @Test
    void aPeerThatStoodByIsRememberedForTheSilenceLimit() {
        PeerWord active = new PeerWord(ServiceState.ACTIVE, 2, true, true, true);
        hear(active);
        assertThat(look().peer().stoodBy()).isFalse();

        hear(READY);
        assertThat(look().peer().stoodBy()).isTrue();
        pass(Duration.ofMillis(2900));
        hear(active);
        assertThat(look().peer().stoodBy()).as("it has just become active").isTrue();
        pass(Duration.ofMillis(100));
        assertThat(look().peer().stoodBy()).isFalse();
    }

    @Test
    void whoWasFrozenCountsThePeersSilenceAnew() {
        hear(READY);
        icmp = OptionalLong.of(now);
        look();
        pass(Duration.ofSeconds(30));
        firstWitness = OptionalLong.of(now);

        assertThat(look().peer().icmpSilence()).isZero();
        assertThat(look().peer().sipSilence()).isZero();
        assertThat(look().peer().linkSilence()).as("its word is old").isEqualTo(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(1));
        look();
        pass(Duration.ofSeconds(1));
        assertThat(look().peer().icmpSilence()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whoSleptThroughTheLimitHasThawedUntilThePeerIsHeard() {
        hear(READY);
        look();
        pass(Duration.ofSeconds(3));
        assertThat(look().times().thawed()).isTrue();
        pass(Duration.ofMillis(500));
        hear(READY);
        assertThat(look().times().thawed()).isFalse();
    }

    @Test
    void lonelinessEndsWithTheFirstAnswerAndThePhaseWithEachChange() {
        firstWitness = OptionalLong.of(now);
        look();
        pass(Duration.ofSeconds(1));
        look();
        pass(Duration.ofSeconds(1));
        assertThat(look().times().inTouch()).isZero();
        assertThat(look().times().inPhase()).isEqualTo(Duration.ofSeconds(2));

        firstWitness = OptionalLong.of(now);
        node = NODE.with(new State(ServiceState.ACTIVE, 2, false, ServiceState.STANDBY));
        look();
        pass(Duration.ofSeconds(1));
        assertThat(look().times().inTouch()).isEqualTo(Duration.ofSeconds(1));
        assertThat(look().times().inPhase()).isEqualTo(Duration.ofSeconds(1));
    }

    private Facts look() {
        return observer.look(node, null);
    }

    private void hear(PeerWord said) {
        word = said;
        link = OptionalLong.of(now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
