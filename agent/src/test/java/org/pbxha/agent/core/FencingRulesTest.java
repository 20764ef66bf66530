// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;
import static org.pbxha.agent.core.Worlds.says;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.testing.FactsBuilder;

class FencingRulesTest {
    private static final State STANDING_BY = new State(STANDBY, 5, true, STANDBY);
    private static final State SERVING = new State(ACTIVE, 5, true, ACTIVE);
    private static final State FENCED = STANDING_BY.with(Standing.CLEAR.withFenced(true));

    @Test
    void inEveryCombinationFencingKeepsItsPromises() {
        Worlds.each((state, facts) -> {
            Decision decision = RuleTable.decide(state, facts);
            require("nobody is fenced by a node that may not", !fences(decision) || mayFence(state, facts));
            require(
                    "where fencing is required a silent master is not taken over from without it",
                    !takesOver(decision) || !facts.limits().fenceRequired() || isSureOfMaster(facts));
            require(
                    "who is fenced does not serve",
                    !facts.own().fenced() || decision.state().service() == STANDBY);
            require(
                    "the mark goes only when the state holds what it said",
                    decision.rule().outcome() != Outcome.ACCEPT_FENCE
                            || decision.state().standing().fenced());
            require(
                    "a fenced node does not serve before it hears its peer",
                    !state.standing().fenced()
                            || facts.freshWord() != null
                            || facts.order() != null
                            || decision.state().service() == STANDBY);
        });
    }

    private static void require(String promise, boolean held) {
        if (!held) {
            throw new AssertionError(promise);
        }
    }

    private static boolean fences(Decision decision) {
        return decision.rule().outcome() == Outcome.FENCE;
    }

    private static boolean takesOver(Decision decision) {
        return decision.rule().outcome() == Outcome.TAKE_OVER;
    }

    /** A slave on standby that is neither isolated nor paused, booting or in manual mode, and whose hooks agree. */
    private static boolean mayFence(State state, Facts facts) {
        return facts.role() == Role.SLAVE
                && state.service() == STANDBY
                && state.standing().mode() == Mode.AUTOMATIC
                && !facts.own().paused()
                && facts.own().veto() == Veto.ALLOWED
                && facts.times().witnessSilence().compareTo(facts.limits().witnessSilence()) < 0
                && facts.silent(facts.peer().sipSilence())
                && facts.silent(facts.peer().linkSilence())
                && !Conditions.JUST_BOOTED.holds(state, facts);
    }

    private static boolean isSureOfMaster(Facts facts) {
        return facts.own().fencing().is(Fencing.Phase.DONE)
                || !facts.own().fencing().isConfigured()
                || facts.freshWord() != null
                || facts.order() != null;
    }

    @Test
    void aFrozenMasterIsFencedAfterTheSilenceLimitAndTakenOverFromAtOnce() {
        FactsBuilder facts = frozen(Duration.ofSeconds(3));
        assertThat(row(facts)).as("without fencing").isEqualTo(345);

        facts.asterisk = Health.UNKNOWN;
        facts.fencing = Fencing.Phase.UNTRIED;
        facts.veto = Veto.UNASKED;
        assertThat(row(facts)).as("the hooks come first").isEqualTo(335);
        facts.veto = Veto.ALLOWED;
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).actions()).containsExactly(new Action.FencePeer());

        facts.fencing = Fencing.Phase.RUNNING;
        assertThat(row(facts)).isEqualTo(336);
        facts.fencing = Fencing.Phase.DONE;
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).actions()).containsExactly(new Action.StartServices(6));
    }

    @Test
    void aFenceThatFailedHoldsTheTakeoverBackForAWhileOrForGood() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, null).peerSilent();
        facts.icmp = Duration.ofSeconds(9);
        facts.sip = facts.icmp;
        facts.link = facts.icmp;
        facts.fencing = Fencing.Phase.FAILED;
        assertThat(row(facts)).isEqualTo(329);

        facts.sip = Duration.ofSeconds(10);
        facts.link = facts.sip;
        assertThat(row(facts)).isEqualTo(330);

        facts.limits = FactsBuilder.fenceRequired();
        assertThat(row(facts)).isEqualTo(328);
        assertThat(RuleTable.decide(STANDING_BY, facts.order(Order.TAKEOVER).facts())
                        .state()
                        .service())
                .isEqualTo(ACTIVE);
    }

    @Test
    void aMasterThatIsHeardJustAfterItWasFencedIsTakenOverFromAllTheSame() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, says(ACTIVE, 5));
        facts.fencing = Fencing.Phase.DONE;

        assertThat(row(facts)).isEqualTo(311);
    }

    @Test
    void aFencedMasterStandsDownWhilePausedTooAndRemembersIt() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(STANDBY, 5));
        facts.paused = true;
        facts.fenced = true;
        facts.sipClosed = true;

        Decision decision = RuleTable.decide(SERVING, facts.facts());

        assertThat(decision.rule().number()).isEqualTo(5);
        assertThat(decision.state().standing().fenced()).isTrue();
        assertThat(decision.actions()).containsExactly(new Action.StopServices(5), new Action.ClearFenceMark());
    }

    @Test
    void aMasterThatBootsWithTheMarkOfAFenceDoesNotServe() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, null).peerSilent();
        facts.fenced = true;
        facts.asterisk = Health.UNKNOWN;
        Decision first = RuleTable.decide(SERVING.afterBoot(), facts.facts());
        assertThat(first.rule().number()).isEqualTo(100);

        facts.fenced = false;
        assertThat(RuleTable.decide(first.state(), facts.facts()).rule().number())
                .as("the slave is silent, and may serve")
                .isEqualTo(142);
    }

    @Test
    void aFencedMasterGoesHomeLikeAnyOther() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(STANDBY, 5));
        facts.asterisk = Health.UNKNOWN;
        facts.inPhase = Duration.ofSeconds(14);
        assertThat(RuleTable.decide(FENCED, facts.facts()).rule().number()).isEqualTo(117);
        facts.inPhase = Duration.ofSeconds(15);
        assertThat(RuleTable.decide(FENCED, facts.facts()).rule().number())
                .as("the slave did not take over")
                .isEqualTo(120);

        facts.word = says(ACTIVE, 6);
        State heard = RuleTable.decide(FENCED, facts.facts()).state();
        assertThat(heard.standing().fenced()).isFalse();
        assertThat(heard.service()).isEqualTo(STANDBY);
    }

    private static FactsBuilder frozen(Duration silence) {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, says(ACTIVE, 5));
        facts.sip = silence;
        facts.link = silence;
        return facts;
    }

    private static int row(FactsBuilder facts) {
        return RuleTable.decide(STANDING_BY, facts.facts()).rule().number();
    }
}
