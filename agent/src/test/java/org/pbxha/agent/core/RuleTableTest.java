// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;
import static org.pbxha.agent.core.Worlds.says;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.testing.GoldenFile;

class RuleTableTest {
    private static final State STANDING_BY = new State(STANDBY, 5, true, STANDBY);
    private static final State SERVING = new State(ACTIVE, 5, true, ACTIVE);

    @Test
    void takesOverWhenMasterSilentAndWitnessAnswers() {
        Decision decision = RuleTable.decide(STANDING_BY, Worlds.peerSilent(Role.SLAVE, true));

        assertThat(decision.rule().number()).isEqualTo(330);
        assertThat(decision.state()).isEqualTo(new State(ACTIVE, 6, false, STANDBY));
        assertThat(decision.actions()).containsExactly(new Action.StartServices(6));
    }

    @Test
    void staysWhenCutOffFromMasterAndWitness() {
        Decision decision = RuleTable.decide(STANDING_BY, Worlds.peerSilent(Role.SLAVE, false));

        assertThat(decision.rule().number()).isEqualTo(310);
        assertThat(decision.state()).isEqualTo(STANDING_BY);
        assertThat(decision.actions()).isEmpty();
    }

    @Test
    void slaveWhoseCableIsCutNeverTakesTheMasterForDead() {
        Duration interval = Duration.ofMillis(500);
        // The witness answered last, the master's probes up to an interval before.
        for (Duration since = Duration.ZERO;
                since.compareTo(Duration.ofSeconds(10)) < 0;
                since = since.plusMillis(10)) {
            Duration ofMaster = since.plus(interval);
            Facts facts = new Facts(
                    Role.SLAVE,
                    ofMaster,
                    ofMaster,
                    ofMaster,
                    since,
                    true,
                    Duration.ZERO,
                    null,
                    ofMaster,
                    ofMaster,
                    StepsProgress.idle(),
                    Worlds.LIMITS);
            assertThat(RuleTable.decide(STANDING_BY, facts).state().service())
                    .as("%s after the cut", since)
                    .isEqualTo(STANDBY);
        }
    }

    @Test
    void oneProbeThatAnswersKeepsTheSlaveDown() {
        Worlds.each((state, facts) -> {
            boolean someAnswer = !facts.silent(facts.icmpSilence())
                    || !facts.silent(facts.sipSilence())
                    || !facts.silent(facts.linkSilence());
            if (facts.role() == Role.SLAVE && state.service() == STANDBY && someAnswer) {
                assertThat(RuleTable.decide(state, facts).state().service()).isEqualTo(STANDBY);
            }
        });
    }

    @Test
    void givesTelephonyBackAfterTheHoldDown() {
        Decision decision = RuleTable.decide(SERVING, Worlds.healthy(Role.SLAVE, says(STANDBY, 5)));

        assertThat(decision.rule().number()).isEqualTo(430);
        assertThat(decision.actions()).containsExactly(new Action.StopServices(5));
    }

    @Test
    void masterOpensInANewEpochOnceTheSlaveHasClosed() {
        PeerWord closing = new PeerWord(STANDBY, 6, false, true, true);

        assertThat(RuleTable.decide(STANDING_BY, Worlds.healthy(Role.MASTER, closing))
                        .rule()
                        .number())
                .isEqualTo(130);
        assertThat(RuleTable.decide(STANDING_BY, Worlds.healthy(Role.MASTER, says(STANDBY, 6)))
                        .state())
                .isEqualTo(new State(ACTIVE, 7, false, STANDBY));
    }

    @Test
    void aMasterDoesNotOpenOnAWordFromBeforeTheTakeover() {
        State stoodDown = new State(STANDBY, 6, true, ACTIVE);

        assertThat(RuleTable.decide(stoodDown, Worlds.healthy(Role.MASTER, says(STANDBY, 5)))
                        .rule()
                        .number())
                .isEqualTo(130);
    }

    @Test
    void ofTwoActivesThatMeetExactlyOneStandsDown() {
        for (long masterEpoch = 4; masterEpoch <= 6; masterEpoch++) {
            for (long slaveEpoch = 4; slaveEpoch <= 6; slaveEpoch++) {
                ServiceState master = meets(Role.MASTER, masterEpoch, slaveEpoch);
                ServiceState slave = meets(Role.SLAVE, slaveEpoch, masterEpoch);

                assertThat(master).as("%d against %d", masterEpoch, slaveEpoch).isNotEqualTo(slave);
            }
        }
    }

    private static ServiceState meets(Role role, long own, long peer) {
        State state = new State(ACTIVE, own, true, ACTIVE);
        return RuleTable.decide(state, Worlds.healthy(role, says(ACTIVE, peer)))
                .state()
                .service();
    }

    @Test
    void everyCombinationIsDecidedAndKeepsTheInvariants() {
        Set<Integer> matched = new HashSet<>();

        int count = Worlds.each((state, facts) -> {
            Decision decision = RuleTable.decide(state, facts);
            matched.add(decision.rule().number());
            assertThat(decision.state().epoch()).as("epochs only grow").isGreaterThanOrEqualTo(state.epoch());
            if (decision.rule().outcome() == Outcome.TAKE_OVER) {
                assertThat(decision.state().epoch()).isGreaterThan(state.epoch());
            }
            boolean moved = decision.state().service() != state.service();
            assertThat(moved).isEqualTo(decision.rule().outcome() != Outcome.STAY);
        });

        assertThat(count).isGreaterThan(800_000);
        assertThat(matched)
                .as("every row can be reached")
                .containsExactlyInAnyOrderElementsOf(
                        RuleTable.rows().stream().map(Rule::number).toList());
    }

    @Test
    void servicesFollowTheServiceStateUntilTheyAreDone() {
        State pending = new State(ACTIVE, 5, false, ACTIVE);
        Facts facts = Worlds.healthy(Role.MASTER, says(STANDBY, 5));

        assertThat(RuleTable.decide(pending, facts).actions()).containsExactly(new Action.StartServices(5));
        assertThat(RuleTable.decide(pending, with(facts, ACTIVE, StepsProgress.Phase.RUNNING))
                        .actions())
                .isEmpty();
        assertThat(RuleTable.decide(pending, with(facts, STANDBY, StepsProgress.Phase.RUNNING))
                        .actions())
                .containsExactly(new Action.StartServices(5));
        assertThat(RuleTable.decide(pending, with(facts, ACTIVE, StepsProgress.Phase.DONE))
                        .state())
                .isEqualTo(SERVING);
    }

    private static Facts with(Facts facts, ServiceState towards, StepsProgress.Phase phase) {
        return new Facts(
                facts.role(),
                facts.icmpSilence(),
                facts.sipSilence(),
                facts.linkSilence(),
                facts.witnessSilence(),
                facts.peerHeard(),
                facts.peerHealthy(),
                facts.word(),
                facts.sinceStart(),
                facts.sinceBoot(),
                new StepsProgress(towards, phase),
                facts.limits());
    }

    @Test
    void rowsAreNumberedUpwardsAndEachSectionEndsWithACatchAll() {
        assertThat(RuleTable.rows()).extracting(Rule::number).isSorted().doesNotHaveDuplicates();
        assertThat(RuleTable.rows().stream()
                        .filter(row -> row.conditions().isEmpty())
                        .map(Rule::number))
                .containsExactly(190, 290, 390, 490);
    }

    @Test
    void theDocumentedTableIsTheTable() {
        GoldenFile.of("docs/state-machine.md").assertIs(RuleTableText.markdown());
    }

    @Test
    void limitsCountFromTheirExactValue() {
        Facts facts = Worlds.peerSilent(Role.SLAVE, true);

        assertThat(facts.silent(Duration.ofSeconds(3))).isTrue();
        assertThat(facts.silent(Duration.ofMillis(2999))).isFalse();
    }
}
