// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.state.Meeting;

/** What a person reads at night. */
class SplitBrainTextTest {
    private static final Instant FROM = Instant.parse("2026-01-02T03:00:10Z");
    private static final Meeting MEETING = new Meeting(
            FROM.plusSeconds(252), new Meeting.Term(5, FROM.minusSeconds(86_400)), new Meeting.Term(6, FROM));
    private static final Writes MASTER = new Writes(
            FROM.plusSeconds(253),
            new Writes.Rows(FROM.minusSeconds(10), 3, 3, List.of(new Writes.Table("userfeatures", 3, 3)), 2, ""),
            new Writes.Paths(FROM.minusSeconds(10), 1, List.of("/moh/a\u001b[2Jb.wav"), ""));
    private static final Writes SLAVE = new Writes(
            FROM.plusSeconds(254),
            Writes.Rows.unknown("no answer"),
            new Writes.Paths(FROM, 0, List.of(), "/moh: no permission"));
    private static final SplitBrain BOTH = new SplitBrain(List.of(MEETING), MASTER, SLAVE, false, null);

    @Test
    void theReportSaysWhenWhatAndWhatToDo() {
        assertThat(SplitBrainText.report(BOTH))
                .startsWith(
                        "SPLIT BRAIN: both nodes were active at the same time",
                        "  both nodes were active from 2026-01-02T03:00:10Z to 2026-01-02T03:04:22Z (4 min 12 s); the master in"
                                + " epoch 5 since 2026-01-01T03:00:10Z, the slave in epoch 6 since 2026-01-02T03:00:10Z; the"
                                + " slave kept telephony",
                        "",
                        "what the master wrote, as of 2026-01-02T03:04:23Z:",
                        "  database  3 rows written and 3 gone in 2 tables since the replication of 2026-01-02T03:00:00Z",
                        "            userfeatures                     3 written, 3 gone",
                        "            and 1 more tables",
                        "  files     1 files changed since 2026-01-02T03:00:00Z",
                        "            /moh/a?[2Jb.wav",
                        "",
                        "what the slave wrote, as of 2026-01-02T03:04:24Z:",
                        "  database  of its rows it cannot be told: no answer",
                        "  files     0 files changed since 2026-01-02T03:00:10Z, and of some files it cannot be told:"
                                + " /moh: no permission")
                .contains("  3. On the master: `pbx-ha replicate --accept-data-loss --reason TEXT`");
    }

    @Test
    void clocksThatDifferAreNoNegativeTime() {
        Meeting skewed = new Meeting(FROM, MEETING.master(), new Meeting.Term(6, FROM.plusSeconds(3600)));

        assertThat(SplitBrainText.meeting(skewed))
                .contains("until 2026-01-02T03:00:10Z, for how long cannot be told: the clocks of the nodes differ");
    }

    @Test
    void theRefusalNamesTheTimeTheReportAndTheCommand() {
        assertThat(SplitBrainText.refusal(MEETING))
                .contains(
                        "2026-01-02T03:00:10Z",
                        "`pbx-ha split-brain`",
                        "`pbx-ha replicate --accept-data-loss --reason TEXT`");
    }

    @Test
    void theReportIsTheSameOnTheDiskAndOnTheLink() throws IOException {
        assertThat(LinkJson.read(LinkJson.write(BOTH), SplitBrain.class)).isEqualTo(BOTH);
    }

    @Test
    void aPeerThatSaysLessIsUnderstood() throws IOException {
        SplitBrain less = LinkJson.read("{\"meetings\":[],\"slave\":{}}", SplitBrain.class);

        assertThat(SplitBrainText.writes(less.slave())).contains("cannot be told");
        assertThat(LinkJson.read("{}", SplitBrain.class).meetings()).isEmpty();
    }
}
