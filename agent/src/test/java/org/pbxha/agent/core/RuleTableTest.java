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
import org.pbxha.agent.testing.FactsBuilder;
import org.pbxha.agent.testing.GoldenFile;

class RuleTableTest {
    private static final State STANDING_BY = new State(STANDBY, 5, true, STANDBY);
    private static final State SERVING = new State(ACTIVE, 5, true, ACTIVE);

    @Test
    void slaveWhoseCableIsCutNeverTakesTheMasterForDead() {
        Duration interval = Duration.ofMillis(500);
        // The witness answered last, the master's probes up to an interval before.
        for (Duration since = Duration.ZERO;
                since.compareTo(Duration.ofSeconds(10)) < 0;
                since = since.plusMillis(10)) {
            FactsBuilder facts = new FactsBuilder(Role.SLAVE, null);
            facts.icmp = since.plus(interval);
            facts.sip = facts.icmp;
            facts.link = facts.icmp;
            facts.witness = since;
            assertThat(RuleTable.decide(STANDING_BY, facts.facts()).state().service())
                    .as("%s after the cut", since)
                    .isEqualTo(STANDBY);
        }
    }

    @Test
    void oneProbeThatAnswersKeepsTheSlaveDownUnlessTheMasterAsksOrIsFrozenOrFencedOrAnOperatorOrders() {
        Worlds.each((state, facts) -> {
            PeerWord word = facts.freshWord();
            boolean asked = word != null && word.plea() != PeerWord.Plea.NONE;
            boolean fenced = facts.own().fencing().is(Fencing.Phase.DONE);
            boolean frozen = facts.silent(facts.peer().sipSilence())
                    && facts.silent(facts.peer().linkSilence());
            if (facts.role() == Role.SLAVE
                    && state.service() == STANDBY
                    && !asked
                    && !frozen
                    && !fenced
                    && facts.order() == null) {
                assertThat(RuleTable.decide(state, facts).state().service()).isEqualTo(STANDBY);
            }
        });
    }

    @Test
    void nothingIsTakenOverByItselfInManualModeOrWhilePaused() {
        Worlds.each((state, facts) -> {
            boolean held = state.standing().mode() == Mode.MANUAL || facts.own().paused();
            if (facts.role() == Role.SLAVE && held && facts.order() == null) {
                assertThat(RuleTable.decide(state, facts).rule().outcome()).isNotEqualTo(Outcome.TAKE_OVER);
            }
        });
    }

    @Test
    void aNodeThatIsCutOffClosesSipBeforeItsPeerTakesOver() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(STANDBY, 5));
        facts.icmp = Duration.ofMillis(1500);
        facts.sip = facts.icmp;
        facts.link = facts.icmp;
        facts.witness = facts.icmp;

        Decision decision = RuleTable.decide(SERVING, facts.facts());

        assertThat(decision.rule().number()).isEqualTo(42);
        assertThat(decision.state().shut()).isTrue();
        assertThat(decision.state().service()).isEqualTo(ACTIVE);
        assertThat(decision.actions()).containsExactly(new Action.ShutSip(true));
    }

    @Test
    void aSurvivorServesOnWhenTheWitnessGoesLater() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, null).peerSilent();
        facts.icmp = Duration.ofMinutes(5);
        facts.sip = facts.icmp;
        facts.link = facts.icmp;
        facts.witness = Duration.ofSeconds(20);

        assertThat(RuleTable.decide(SERVING, facts.facts()).state()).isEqualTo(SERVING);
    }

    @Test
    void aNodeThatStaysCutOffStandsDownAndKeepsSipClosedUntilAllHasStopped() {
        Decision decision = RuleTable.decide(
                SERVING.withShut(true),
                new FactsBuilder(Role.MASTER, null).cutOff().facts());

        assertThat(decision.rule().number()).isEqualTo(20);
        assertThat(decision.state()).isEqualTo(new State(STANDBY, 5, false, ACTIVE).withShut(true));

        FactsBuilder stopped = new FactsBuilder(Role.MASTER, null).cutOff();
        stopped.steps = new StepsProgress(STANDBY, StepsProgress.Phase.DONE);
        stopped.sipClosed = true;
        assertThat(RuleTable.decide(decision.state(), stopped.facts()).actions())
                .containsExactly(new Action.ShutSip(false));
    }

    @Test
    void callsThatMayBeCutAreHungUpBeforeSipIsClosedButNotForEver() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, says(STANDBY, 5));
        facts.inPhase = Duration.ZERO;
        State draining = SERVING.with(new Giving(Giving.Phase.DRAINING, true));
        assertThat(RuleTable.decide(draining, facts.facts()).actions()).containsExactly(new Action.HangUp());

        facts.calls = 1;
        facts.inPhase = Duration.ofSeconds(1);
        assertThat(RuleTable.decide(draining, facts.facts()).state().shut()).isTrue();
    }

    @Test
    void anAgentThatStartsInTheMiddleOfGivingWaitsForAWordOfItsPeer() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, null);
        facts.calls = 1;
        facts.inPhase = Duration.ZERO;
        State draining = SERVING.with(new Giving(Giving.Phase.DRAINING, false));
        assertThat(RuleTable.decide(draining, facts.facts()).rule().number()).isEqualTo(68);
    }

    @Test
    void telephonyIsNotOfferedBeforeTheCallsWereCountedBehindTheClosedDoor() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, says(STANDBY, 5));
        facts.sipClosed = true;
        facts.work = Work.DONE;
        facts.inPhase = Duration.ofSeconds(1);
        State closing = SERVING.with(new Giving(Giving.Phase.CLOSING, false)).withShut(true);
        facts.calls = -1;
        assertThat(RuleTable.decide(closing, facts.facts()).rule().number()).isEqualTo(74);
        facts.calls = 1;
        assertThat(RuleTable.decide(closing, facts.facts()).rule().number()).isEqualTo(70);
        facts.calls = 0;
        assertThat(RuleTable.decide(closing, facts.facts()).rule().number()).isEqualTo(71);
    }

    @Test
    void aSlaveClosesSipForAMasterWhoseAsteriskAnswersWithoutAnAgent() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, null);
        facts.link = Duration.ofSeconds(60);
        Decision closing = RuleTable.decide(SERVING, facts.facts());
        assertThat(closing.rule().number()).isEqualTo(480);
        facts.sipClosed = true;
        assertThat(RuleTable.decide(closing.state(), facts.facts()).rule().number())
                .isEqualTo(26);

        facts.sip = Duration.ofSeconds(60);
        assertThat(RuleTable.decide(closing.state(), facts.facts()).state().shut())
                .isFalse();
    }

    @Test
    void telephonyGoesHomeStepByStepWithoutAMomentWithTwoOpenNodesOrNone() {
        FactsBuilder ofSlave = new FactsBuilder(Role.SLAVE, says(STANDBY, 5));
        State slave = RuleTable.decide(SERVING, ofSlave.facts()).state();
        assertThat(slave.giving().phase()).isEqualTo(Giving.Phase.PREPARING);

        ofSlave.work = Work.DONE;
        ofSlave.calls = 2;
        slave = RuleTable.decide(slave, ofSlave.facts()).state();
        slave = RuleTable.decide(slave, ofSlave.facts()).state();
        assertThat(slave.giving().phase()).as("calls go on").isEqualTo(Giving.Phase.DRAINING);

        ofSlave.calls = 0;
        ofSlave.inPhase = Duration.ZERO;
        slave = RuleTable.decide(slave, ofSlave.facts()).state();
        assertThat(slave.shut()).isTrue();
        ofSlave.sipClosed = true;
        slave = RuleTable.decide(slave, ofSlave.facts()).state();
        assertThat(slave.giving().phase()).isEqualTo(Giving.Phase.OFFERED);
        assertThat(slave.service()).as("until the master serves").isEqualTo(ACTIVE);

        PeerWord offer = new PeerWord(ACTIVE, 5, true, false, true, PeerWord.Plea.TAKE_OVER_FROM_ME);
        Decision master = RuleTable.decide(STANDING_BY, new FactsBuilder(Role.MASTER, offer).facts());
        assertThat(master.state().epoch()).isEqualTo(6);
        assertThat(master.actions()).containsExactly(new Action.StartServices(6));

        ofSlave.word = says(ACTIVE, 6);
        Decision end = RuleTable.decide(slave, ofSlave.facts());
        assertThat(end.state().service()).isEqualTo(STANDBY);
        assertThat(end.state().shut()).as("until all has stopped").isTrue();
    }

    @Test
    void aGiverWhosePeerDoesNotBeginServesOn() {
        State offered = SERVING.withShut(true).with(new Giving(Giving.Phase.OFFERED, false));
        FactsBuilder late = new FactsBuilder(Role.SLAVE, says(STANDBY, 5));

        State kept = RuleTable.decide(offered, late.facts()).state();

        assertThat(kept).isEqualTo(SERVING);
    }

    @Test
    void everyPhaseOfGivingEndsWhenThePeerDies() {
        for (Giving.Phase phase : Giving.Phase.values()) {
            State giving = SERVING.with(new Giving(phase, false));
            Decision decision = RuleTable.decide(
                    giving, new FactsBuilder(Role.SLAVE, null).peerSilent().facts());
            assertThat(decision.state()).as("%s", phase).isEqualTo(SERVING);
        }
    }

    @Test
    void whatWasHandedOverStaysUntilItIsTakenBack() {
        PeerWord offer = new PeerWord(ACTIVE, 5, true, false, true, PeerWord.Plea.TAKE_OVER_FROM_ME);
        State slave = RuleTable.decide(STANDING_BY, new FactsBuilder(Role.SLAVE, offer).facts())
                .state()
                .withStepsDone();
        FactsBuilder later = new FactsBuilder(Role.SLAVE, says(STANDBY, 6));

        assertThat(RuleTable.decide(slave, later.facts()).rule().number()).isEqualTo(426);
        assertThat(RuleTable.decide(slave, later.order(Order.FAILBACK).facts())
                        .state()
                        .giving()
                        .phase())
                .isEqualTo(Giving.Phase.PREPARING);
    }

    @Test
    void aMasterThatCannotBeRepairedGivesUpAndItsSlaveServesUntilAnOperatorSaysOtherwise() {
        FactsBuilder ofMaster = new FactsBuilder(Role.MASTER, says(STANDBY, 5));
        ofMaster.asterisk = Health.FAILED;
        assertThat(RuleTable.decide(SERVING, ofMaster.facts()).actions()).containsExactly(new Action.RepairAsterisk());
        ofMaster.repair = Repair.EXHAUSTED;
        State master = RuleTable.decide(SERVING, ofMaster.facts()).state();
        assertThat(master.service()).isEqualTo(STANDBY);
        assertThat(master.standing().unable()).isTrue();

        PeerWord word = new PeerWord(STANDBY, 5, true, false, true, PeerWord.Plea.UNABLE);
        State slave = RuleTable.decide(STANDING_BY, new FactsBuilder(Role.SLAVE, word).facts())
                .state();
        assertThat(slave.service()).isEqualTo(ACTIVE);
        assertThat(RuleTable.decide(slave, new FactsBuilder(Role.SLAVE, word).facts())
                        .rule()
                        .number())
                .isEqualTo(425);
    }

    @Test
    void aMasterDoesNotOpenOnAWordFromBeforeTheTakeover() {
        State stoodDown = new State(STANDBY, 6, true, ACTIVE);

        assertThat(RuleTable.decide(stoodDown, new FactsBuilder(Role.MASTER, says(STANDBY, 5)).facts())
                        .rule()
                        .number())
                .isEqualTo(130);
        assertThat(RuleTable.decide(stoodDown, new FactsBuilder(Role.MASTER, says(STANDBY, 6)).facts())
                        .rule()
                        .number())
                .isEqualTo(120);
    }

    @Test
    void everyFurtherTakeoverDoublesTheHoldDownAndQuietForgetsThem() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, says(STANDBY, 5));
        facts.peerHealthy = Duration.ofSeconds(119);
        State twice = SERVING.with(new Standing(Mode.AUTOMATIC, false, false, false, 2));

        assertThat(RuleTable.decide(twice, facts.facts()).rule().number()).isEqualTo(440);
        facts.peerHealthy = Duration.ofMinutes(2);
        assertThat(RuleTable.decide(twice, facts.facts()).rule().number()).isEqualTo(430);

        State quiet = STANDING_BY.with(new Standing(Mode.AUTOMATIC, false, false, false, 2));
        assertThat(RuleTable.decide(quiet, new FactsBuilder(Role.SLAVE, says(ACTIVE, 5)).facts())
                        .state()
                        .standing()
                        .takeovers())
                .isZero();
    }

    @Test
    void ofTwoActivesThatMeetExactlyOneStandsDownAndTheOtherHasSipOpen() {
        for (boolean shut : new boolean[] {false, true}) {
            for (long masterEpoch = 4; masterEpoch <= 6; masterEpoch++) {
                for (long slaveEpoch = 4; slaveEpoch <= 6; slaveEpoch++) {
                    State master = meets(Role.MASTER, masterEpoch, slaveEpoch, shut);
                    State slave = meets(Role.SLAVE, slaveEpoch, masterEpoch, shut);
                    State stays = master.service() == ACTIVE ? master : slave;

                    assertThat(master.service())
                            .as("%d against %d", masterEpoch, slaveEpoch)
                            .isNotEqualTo(slave.service());
                    assertThat(stays.shut()).isFalse();
                }
            }
        }
    }

    private static State meets(Role role, long own, long peer, boolean shut) {
        State state = new State(ACTIVE, own, true, ACTIVE).withShut(shut);
        return RuleTable.decide(state, new FactsBuilder(role, says(ACTIVE, peer)).facts())
                .state();
    }

    @Test
    void everyCombinationIsDecidedAndKeepsTheInvariants() {
        Set<Integer> matched = new HashSet<>();

        int count = Worlds.each((state, facts) -> {
            Decision decision = RuleTable.decide(state, facts);
            matched.add(decision.rule().number());
            State next = decision.state();
            if (next.epoch() < state.epoch()) {
                throw new AssertionError("an epoch shrank: " + decision);
            }
            if (decision.rule().outcome() == Outcome.TAKE_OVER && next.epoch() <= state.epoch()) {
                throw new AssertionError("a takeover without a newer epoch: " + decision);
            }
            if (next.service() != state.service() && !next.giving().equals(Giving.NONE)) {
                throw new AssertionError("who moved still gives: " + decision);
            }
            if (next.shut() && next.service() == ACTIVE && state.service() == STANDBY) {
                throw new AssertionError("who begins to serve has SIP closed: " + decision);
            }
        });

        assertThat(count).isGreaterThan(1_000_000);
        assertThat(matched)
                .as("every row can be reached")
                .containsExactlyInAnyOrderElementsOf(
                        RuleTable.rows().stream().map(Rule::number).toList());
    }

    @Test
    void servicesFollowTheServiceStateUntilTheyAreDone() {
        State pending = new State(ACTIVE, 5, false, ACTIVE);
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(STANDBY, 5));

        assertThat(RuleTable.decide(pending, facts.facts()).actions()).containsExactly(new Action.StartServices(5));
        facts.steps = new StepsProgress(ACTIVE, StepsProgress.Phase.RUNNING);
        assertThat(RuleTable.decide(pending, facts.facts()).actions()).isEmpty();
        facts.steps = new StepsProgress(STANDBY, StepsProgress.Phase.RUNNING);
        assertThat(RuleTable.decide(pending, facts.facts()).actions()).containsExactly(new Action.StartServices(5));
        facts.steps = new StepsProgress(ACTIVE, StepsProgress.Phase.DONE);
        assertThat(RuleTable.decide(pending, facts.facts()).state()).isEqualTo(SERVING);
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
        Facts facts = new FactsBuilder(Role.SLAVE, null).facts();

        assertThat(facts.silent(Duration.ofSeconds(3))).isTrue();
        assertThat(facts.silent(Duration.ofMillis(2999))).isFalse();
    }
}
