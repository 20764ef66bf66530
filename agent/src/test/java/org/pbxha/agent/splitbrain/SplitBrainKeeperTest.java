// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.state.Meeting;

/** Two nodes and the report of what they did while they were apart, however their agents end in between. */
@SuppressWarnings("NullAway.Init")
class SplitBrainKeeperTest {
    private static final Instant MET = Instant.parse("2026-01-02T03:04:05Z");
    private static final Meeting MEETING =
            new Meeting(MET, new Meeting.Term(5, MET.minusSeconds(9000)), new Meeting.Term(6, MET.minusSeconds(252)));
    private static final Acceptance ACCEPTANCE = new Acceptance("anna", MET.plusSeconds(60), "compared by hand");

    @TempDir
    private Path directory;

    private FakePlace master;
    private FakePlace slave;

    @BeforeEach
    void pair() {
        master = new FakePlace(Role.MASTER, directory.resolve("master"));
        slave = new FakePlace(Role.SLAVE, directory.resolve("slave"));
        master.other = slave;
        slave.other = master;
    }

    @Test
    void whatOneNodeMetIsOnBothWithWhatEachWrote() {
        master.meets(MEETING);

        master.agent.step();
        slave.agent.step();

        for (FakePlace node : List.of(master, slave)) {
            SplitBrain report = node.agent.open().orElseThrow();
            assertThat(node.meeting).isEqualTo(MEETING);
            assertThat(report.meetings()).containsExactly(MEETING);
            assertThat(report.master()).isEqualTo(master.writes);
        }
        master.steps(12);
        assertThat(master.agent.open().orElseThrow().slave()).isEqualTo(slave.writes);
        assertThat(slave.agent.open().orElseThrow().slave()).isEqualTo(slave.writes);
        assertThat(master.hooks).hasSize(1);
        assertThat(slave.hooks).hasSize(1);
        assertThat(master.gathered).as("the slow work is done once").isEqualTo(1);
    }

    @Test
    void bothNodesMayNoticeTheSameMeeting() {
        master.meets(MEETING);
        slave.meets(new Meeting(MET.plusMillis(300), MEETING.master(), MEETING.slave()));

        master.steps(3);
        slave.steps(3);

        assertThat(master.agent.open().orElseThrow().meetings()).hasSize(1);
        assertThat(slave.agent.open().orElseThrow().meetings()).hasSize(1);
    }

    @Test
    void aNodeThatIsNotHeardIsSaidToBeMissingAndAskedAgain() {
        slave.reachable = false;
        master.meets(MEETING);

        master.steps(6);
        assertThat(master.hooks).isEmpty();
        master.steps(1);

        assertThat(master.hooks).as("a hook does not wait for ever").hasSize(1);
        assertThat(SplitBrainText.report(master.agent.open().orElseThrow()))
                .anyMatch(line -> line.startsWith("what the slave wrote is not known here"));
        slave.reachable = true;
        master.steps(1);
        slave.steps(1);
        master.steps(1);
        assertThat(master.agent.open().orElseThrow().slave()).isEqualTo(slave.writes);
        assertThat(master.hooks).hasSize(1);
    }

    @Test
    void anAgentThatIsKilledAnywhereGoesOn() {
        master.meets(MEETING);
        master.restart();
        master.agent.step();
        master.restart();
        slave.restart();
        slave.agent.step();
        master.agent.step();
        slave.restart();

        assertThat(slave.agent.open().orElseThrow().meetings()).containsExactly(MEETING);
        assertThat(slave.agent.open().orElseThrow().master()).isEqualTo(master.writes);
        assertThat(master.hooks).hasSize(1);
    }

    @Test
    void acceptingIsForBothAndIsKept() throws Exception {
        master.meets(MEETING);
        master.steps(1);
        slave.steps(1);

        assertThat(master.agent.acceptOnBoth(ACCEPTANCE)).isTrue();

        for (FakePlace node : List.of(master, slave)) {
            assertThat(node.meeting).isNull();
            node.restart();
            node.steps(15);
            assertThat(node.agent.open()).isEmpty();
            assertThat(node.agent.older()).hasSize(1).allMatch(old -> ACCEPTANCE.equals(old.acceptance()));
            assertThat(node.journal).contains("data loss accepted by anna: compared by hand");
        }
        assertThat(master.agent.acceptOnBoth(ACCEPTANCE)).isFalse();
    }

    @Test
    void nothingIsAcceptedWhileTheOtherNodeCannotBeTold() {
        master.meets(MEETING);
        master.steps(1);
        slave.reachable = false;

        assertThatThrownBy(() -> master.agent.acceptOnBoth(ACCEPTANCE)).isInstanceOf(PeerException.class);
        assertThat(master.meeting).isEqualTo(MEETING);

        slave.reachable = true;
        slave.active = true;
        assertThatThrownBy(() -> master.agent.acceptOnBoth(ACCEPTANCE)).hasMessageContaining("active");
        assertThat(master.meeting).isEqualTo(MEETING);
        assertThat(slave.meeting).isEqualTo(MEETING);
    }

    @Test
    void anAcceptanceThatWasCutOffIsFinishedOrDoneAgainAndNeverUndone() throws Exception {
        master.meets(MEETING);
        master.steps(1);
        slave.steps(1);
        // Killed when the slave had accepted and the master had not.
        slave.agent.accept(ACCEPTANCE);
        master.restart();
        master.steps(15);
        slave.steps(15);
        assertThat(slave.meeting).as("the master does not open it again").isNull();
        assertThat(master.meeting).isEqualTo(MEETING);

        // Killed when the acceptance was on the disk and the state not yet changed.
        master.forgetsToClose = true;
        assertThat(master.agent.acceptOnBoth(ACCEPTANCE)).isTrue();
        assertThat(master.meeting).isEqualTo(MEETING);
        master.forgetsToClose = false;
        master.restart();
        master.steps(2);
        assertThat(master.meeting).isNull();
        assertThat(master.agent.open()).isEmpty();
        assertThat(master.agent.older()).hasSize(1);
    }

    @Test
    void anotherMeetingBelongsToTheSameReportAndIsToldAgain() {
        master.meets(MEETING);
        master.steps(1);
        slave.steps(1);
        master.steps(1);
        Meeting second =
                new Meeting(MET.plusSeconds(500), new Meeting.Term(7, MET.plusSeconds(90)), new Meeting.Term(8, MET));
        master.meets(second);

        master.steps(2);
        slave.steps(2);

        assertThat(slave.agent.open().orElseThrow().meetings()).containsExactly(MEETING, second);
        assertThat(master.hooks).hasSize(2);
        assertThat(slave.hooks).hasSize(2);
        assertThat(master.gathered).isEqualTo(2);
    }

    @Test
    void whoServesOnAndStandsDownLaterTellsAllThatItWrote() {
        slave.meets(MEETING);
        slave.steps(3);
        assertThat(slave.gathered).isEqualTo(1);

        slave.since = MET.plusSeconds(600);
        slave.writes = FakePlace.writes(MET.plusSeconds(601), 99);
        slave.steps(1);

        assertThat(master.agent.open().orElseThrow().slave()).isEqualTo(slave.writes);
    }

    @Test
    void aMasterThatWasInstalledAnewLearnsOfIt() {
        master.meets(MEETING);
        master.steps(1);
        slave.steps(1);
        FakePlace fresh = new FakePlace(Role.MASTER, directory.resolve("fresh"));
        fresh.other = slave;
        slave.other = fresh;

        slave.steps(12);

        assertThat(fresh.meeting).isEqualTo(MEETING);
        assertThat(fresh.agent.open()).isPresent();
    }

    @Test
    void aDamagedReportIsMadeAnewAndTheRefusalStands() throws IOException {
        master.meets(MEETING);
        master.steps(1);
        Files.writeString(directory.resolve("master/open.json"), "{\"meetings\":[{");
        master.restart();

        master.steps(1);

        assertThat(master.meeting).isEqualTo(MEETING);
        assertThat(master.agent.open().orElseThrow().meetings()).containsExactly(MEETING);
    }

    @Test
    void aFullDiskKeepsNeitherTheReportFromBeingShownNorTheRefusalFromStanding() throws IOException {
        Files.createDirectories(directory);
        // A file where the directory should be: nothing can be written.
        Files.writeString(directory.resolve("master"), "");
        master.meets(MEETING);

        master.steps(1);

        assertThat(master.agent.open().orElseThrow().master()).isEqualTo(master.writes);
        assertThatThrownBy(() -> master.agent.acceptOnBoth(ACCEPTANCE)).isInstanceOf(IOException.class);
        assertThat(master.meeting).isEqualTo(MEETING);
        Files.delete(directory.resolve("master"));
        master.steps(1);
        assertThat(directory.resolve("master/open.json")).exists();
    }
}
