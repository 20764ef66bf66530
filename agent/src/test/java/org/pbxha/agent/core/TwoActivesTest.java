// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;
import static org.pbxha.agent.core.Worlds.says;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.testing.FactsBuilder;

class TwoActivesTest {
    private static final State SERVING = new State(ACTIVE, 5, true, ACTIVE);
    private static final PeerWord OFFER = new PeerWord(ACTIVE, 4, true, true, true, PeerWord.Plea.TAKE_OVER_FROM_ME);
    private static final PeerWord LEAVING = new PeerWord(ACTIVE, 4, true, false, true, PeerWord.Plea.LEAVING);

    @Test
    void theOlderAndTheNewerActiveMeet() {
        for (Role role : new Role[] {Role.MASTER, Role.SLAVE}) {
            for (long peers : new long[] {4, 5, 6}) {
                assertThat(meet(SERVING, new FactsBuilder(role, says(ACTIVE, peers))))
                        .as("%s, peer in epoch %d", role, peers)
                        .isTrue();
            }
        }
    }

    @Test
    void standbysAndSilentPeersMeetNobody() {
        State standby = new State(STANDBY, 5, true, STANDBY);
        assertThat(meet(standby, new FactsBuilder(Role.MASTER, says(ACTIVE, 6))))
                .isFalse();
        assertThat(meet(SERVING, new FactsBuilder(Role.MASTER, says(STANDBY, 6))))
                .isFalse();
        assertThat(meet(SERVING, new FactsBuilder(Role.MASTER, says(ACTIVE, 6)).peerSilent()))
                .isFalse();
        assertThat(meet(SERVING, new FactsBuilder(Role.MASTER, null))).isFalse();
    }

    @Test
    void whoGivesTelephonyAwayMeetsNobody() {
        for (Giving.Phase phase : Giving.Phase.values()) {
            State giving = SERVING.with(new Giving(phase, false));
            assertThat(meet(giving, new FactsBuilder(Role.MASTER, says(ACTIVE, 6))))
                    .as(phase.name())
                    .isEqualTo(phase == Giving.Phase.NONE);
        }
        assertThat(meet(SERVING, new FactsBuilder(Role.SLAVE, OFFER))).isFalse();
    }

    @Test
    void aHostThatShutsDownIsNoSecondActive() {
        assertThat(meet(SERVING, new FactsBuilder(Role.SLAVE, LEAVING))).isFalse();
    }

    @Test
    void aForcedTakeoverBeforeTheEyesOfBothIsNoSplitBrain() {
        FactsBuilder older = new FactsBuilder(Role.MASTER, says(ACTIVE, 6));
        older.stoodBy = true;
        assertThat(meet(SERVING, older)).isFalse();

        FactsBuilder newer = new FactsBuilder(Role.SLAVE, says(ACTIVE, 4));
        newer.inPhase = Duration.ofSeconds(1);
        assertThat(meet(SERVING, newer)).isFalse();
    }

    @Test
    void aLateWordFromBeforeTheMoveIsNoMeeting() {
        FactsBuilder newer = new FactsBuilder(Role.SLAVE, says(ACTIVE, 4));
        newer.inPhase = Duration.ofMillis(4500);
        newer.link = Duration.ofSeconds(2);
        assertThat(meet(SERVING, newer)).isFalse();
        newer.link = Duration.ofMillis(1500);
        assertThat(meet(SERVING, newer)).isTrue();
    }

    @Test
    void inEveryWorldWhoStandsDownForAnotherActiveHasMetIt() {
        int[] meetings = new int[1];
        Worlds.each((state, facts) -> {
            int row = RuleTable.decide(state, facts).rule().number();
            boolean met = TwoActives.meet(state, facts);
            if (row == 210 || row == 410) {
                meetings[0]++;
                assertThat(met).as("row %d of %s with %s", row, state, facts).isTrue();
            }
            if (row == 50 || row == 217 || row == 417) {
                assertThat(met).as("row %d of %s with %s", row, state, facts).isFalse();
            }
        });
        assertThat(meetings[0]).isGreaterThan(100);
    }

    private static boolean meet(State state, FactsBuilder facts) {
        return TwoActives.meet(state, facts.facts());
    }
}
