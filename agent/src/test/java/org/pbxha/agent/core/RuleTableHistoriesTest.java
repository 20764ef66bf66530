// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;
import static org.pbxha.agent.core.Worlds.says;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.testing.FactsBuilder;

/** Rules that exist because the simulation found a history without them. */
class RuleTableHistoriesTest {
    private static final State STANDING_BY = new State(STANDBY, 5, true, STANDBY);
    private static final State SERVING = new State(ACTIVE, 5, true, ACTIVE);

    @Test
    void aGiverThatLosesSightOfAPeerThatMayHaveBegunDoesNotServeBesideIt() {
        State offered = SERVING.withShut(true).with(new Giving(Giving.Phase.OFFERED, false));
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, says(STANDBY, 5));
        facts.link = FactsBuilder.LONG;
        facts.inPhase = Duration.ofSeconds(4);
        assertThat(RuleTable.decide(offered, facts.facts()).state())
                .as("its Asterisk answers")
                .isEqualTo(SERVING.withShut(true));

        facts.sip = FactsBuilder.LONG;
        assertThat(RuleTable.decide(offered, facts.facts()).state())
                .as("its Asterisk may be starting")
                .isEqualTo(offered);

        assertThat(RuleTable.decide(offered, facts.cutOff().facts()).state())
                .as("this node is cut off")
                .isEqualTo(SERVING.withShut(true));
    }

    @Test
    void ofTwoActivesThatMeetOneStandsDownWhilePausedToo() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(ACTIVE, 6));
        facts.paused = true;

        assertThat(RuleTable.decide(SERVING, facts.facts()).state().service()).isEqualTo(STANDBY);
    }

    @Test
    void whoStandsDownClosesSipUntilAllHasStopped() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(ACTIVE, 6));

        Decision decision = RuleTable.decide(SERVING, facts.facts());

        assertThat(decision.state().shut()).isTrue();
        assertThat(decision.actions()).containsExactly(new Action.ShutSip(true), new Action.StopServices(6));
    }

    @Test
    void aSlaveWhoseNetworkComesBackGivesItsMasterTimeToBeHeard() {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, null).peerSilent();
        facts.inTouch = Duration.ofMillis(500);
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number())
                .as("the witness was heard first")
                .isEqualTo(312);

        facts.icmp = FactsBuilder.RECENT;
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number())
                .as("ping was heard first")
                .isEqualTo(312);

        facts.inTouch = Duration.ofSeconds(3);
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number()).isEqualTo(340);
    }

    @Test
    void aMasterWaitsForAnAsteriskThatRestartsOnItsSlaveAndForItsOwnNetwork() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(ACTIVE, 5));
        facts.sip = Duration.ofSeconds(4);
        facts.link = FactsBuilder.LONG;
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number()).isEqualTo(160);

        facts.word = says(STANDBY, 5);
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number())
                .as("its slave did not serve")
                .isEqualTo(152);

        facts.word = null;
        facts.sip = Duration.ofSeconds(10);
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number()).isEqualTo(155);

        facts.inTouch = Duration.ofSeconds(1);
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number()).isEqualTo(147);

        FactsBuilder alone = new FactsBuilder(Role.MASTER, null).cutOff();
        alone.witnessHeard = false;
        assertThat(RuleTable.decide(STANDING_BY, alone.facts()).rule().number())
                .as("a witness that never answers says nothing")
                .isEqualTo(150);
    }

    @Test
    void whoOpensAndCannotStartItsAsteriskGivesUpLikeOneWhoseAsteriskFails() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(STANDBY, 5));
        facts.asterisk = Health.FAILED;
        facts.repair = Repair.EXHAUSTED;
        facts.steps = new StepsProgress(ACTIVE, StepsProgress.Phase.FAILED);
        State opening = new State(ACTIVE, 5, false, ACTIVE);

        assertThat(RuleTable.decide(opening, facts.facts()).rule().number()).isEqualTo(80);
    }

    @Test
    void anAsteriskThatWasStartedOnAStandbyWhileNoAgentRanIsStopped() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(ACTIVE, 5));
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).actions())
                .containsExactly(new Action.ShutSip(true), new Action.StopServices(5));

        facts.asterisk = Health.UNKNOWN;
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).actions()).isEmpty();
    }

    @Test
    void aPausedMasterDoesNotServeBesideASlaveThatServedWhenItWasLastHeard() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, says(ACTIVE, 5)).peerSilent();
        facts.paused = true;
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number()).isEqualTo(148);

        facts.word = says(STANDBY, 5);
        assertThat(RuleTable.decide(STANDING_BY, facts.facts()).rule().number())
                .as("a pause does not keep a rebooted pair silent")
                .isEqualTo(150);
    }

    @Test
    void whoHasSleptClosesSipWhilePausedToo() {
        FactsBuilder facts = new FactsBuilder(Role.MASTER, null).peerSilent();
        facts.paused = true;
        facts.thawed = true;

        assertThat(RuleTable.decide(SERVING, facts.facts()).state().shut()).isTrue();
    }
}
