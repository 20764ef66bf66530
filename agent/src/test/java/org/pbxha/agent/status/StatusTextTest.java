// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.jobs.JobResult;
import org.pbxha.agent.status.StatusReport.Node;
import org.pbxha.agent.status.StatusReport.Operator;
import org.pbxha.agent.status.StatusReport.Silence;

class StatusTextTest {
    private static final String NOW = "2026-01-02T12:00:00Z";
    private static final Node MASTER = node("master", "10.0.0.11", "active", true);
    private static final Node SLAVE = node("slave", "10.0.0.12", "standby", false);
    private static final Operator ORDINARY = new Operator("automatic", null, false, false, "none", false);
    private static final JobResult COPIED = new JobResult("2026-01-02T11:48:00Z", "2026-01-02T11:48:00Z", true, "done");
    private static final JobResult FAILED =
            new JobResult("2026-01-02T09:00:00Z", "2026-01-02T11:00:00Z", false, "the slave is active");

    @Test
    void aHealthyPairReadsLikeThis() {
        assertThat(StatusText.lines(
                        report(false, MASTER, SLAVE, new Silence(200, 60_000, 300, 400, 3000, null), COPIED)))
                .containsExactly(
                        "this node: master 10.0.0.11, ACTIVE since 2026-01-02T10:00:00Z (2 h 0 min), epoch 3, pbx-ha 0.1.0",
                        "  why       row 290: The master serves and its slave stands by.",
                        "  asterisk  22.10.1, answers SIP, 2 calls",
                        "  services  as they should be",
                        "the peer: slave 10.0.0.12, standby since 2026-01-02T10:00:00Z (2 h 0 min), epoch 3, pbx-ha 0.1.0",
                        "  asterisk  does not answer SIP (as a standby should)",
                        "  probes    last answers: ping 0.2 s, SIP 60 s, peer link 0.3 s ago; witness 0.4 s ago",
                        "database    copied 12 min ago",
                        "files       copied 12 min ago",
                        "events      off");
    }

    @Test
    void aSilentPeerIsNotShownAsIfItStillServed() {
        Silence silence = new Silence(25_000, 25_000, 25_000, 400, 3000, "no answer from 10.0.0.11 port 8421");

        assertThat(StatusText.lines(report(true, SLAVE, MASTER, silence, FAILED)))
                .contains(
                        "  NEXT      Look at the master.",
                        "the peer: master 10.0.0.11, SILENT for 25 s; it last said that it was active, epoch 3",
                        "  link      no answer from 10.0.0.11 port 8421",
                        "database    copied 3 h 0 min ago; LAST RUN FAILED: the slave is active");
    }

    @Test
    void whatAnOperatorHasSetIsLoud() {
        StatusReport plain = report(false, MASTER, SLAVE, new Silence(1, 1, 1, 1, 3000, null), COPIED);
        Operator set = new Operator("manual", "2026-01-02T14:00:00Z", true, true, "draining", true);
        StatusReport status = new StatusReport(
                plain.version(),
                plain.time(),
                plain.alarm(),
                plain.row(),
                plain.reason(),
                plain.next(),
                plain.self(),
                plain.peer(),
                plain.silence(),
                plain.steps(),
                set,
                plain.fencing(),
                plain.replication(),
                plain.sync(),
                null,
                null);

        assertThat(StatusText.lines(status))
                .contains(
                        "  PAUSED    until 2026-01-02T14:00:00Z: nothing moves by itself",
                        "  MODE      manual: an operator moves telephony",
                        "  SIP       CLOSED by the firewall; calls in progress go on",
                        "  giving    telephony goes to the other node: draining")
                .anyMatch(line -> line.startsWith("  UNABLE"))
                .anyMatch(line -> line.startsWith("  pinned"));
    }

    @Test
    void fencingIsShownWithItsLastCheckAndItsFailure() {
        JobResult never = new JobResult(null, null, false, "has not run yet");
        assertThat(lines(new StatusReport.Fencing(List.of("ssh"), false, "untried", "", never)))
                .contains("fencing     ssh; NEVER CHECKED: run `pbx-ha fencing check`");
        assertThat(lines(new StatusReport.Fencing(
                        List.of("ssh", "fence_apc"), true, "failed", "ssh: no route; fence_apc: exit 1", COPIED)))
                .contains("fencing     ssh, then fence_apc, required; FAILED: ssh: no route; fence_apc: exit 1;"
                        + " checked 12 min ago: ready");
        assertThat(lines(new StatusReport.Fencing(List.of("hook"), false, "untried", "", FAILED)))
                .contains("fencing     hook; checked 1 h 0 min ago: NOT READY, the slave is active");
    }

    @Test
    void eventsAreShownWithTheirLagAndWhatIsInTheWay() {
        assertThat(lines(new StatusReport.Events(3L, 120, null, null, "")))
                .contains("events      3 s behind, 120 rows to go");
        assertThat(lines(new StatusReport.Events(40L, 9, "process 4711", null, "")))
                .contains("events      40 s behind, 9 rows to go; held back by process 4711");
        assertThat(lines(new StatusReport.Events(null, 0, null, "2026-01-02T11:48:00Z", "no route")))
                .contains("events      not all shipped yet, 0 rows to go; FAILING for 12 min: no route");
    }

    private static List<String> lines(StatusReport.Events events) {
        return lines(null, events);
    }

    private static List<String> lines(StatusReport.Fencing fencing) {
        return lines(fencing, null);
    }

    private static List<String> lines(StatusReport.@Nullable Fencing fencing, StatusReport.@Nullable Events events) {
        StatusReport plain = report(false, SLAVE, MASTER, new Silence(1, 1, 1, 1, 3000, null), COPIED);
        return StatusText.lines(new StatusReport(
                plain.version(),
                plain.time(),
                plain.alarm(),
                plain.row(),
                plain.reason(),
                plain.next(),
                plain.self(),
                plain.peer(),
                plain.silence(),
                plain.steps(),
                plain.operator(),
                fencing,
                plain.replication(),
                plain.sync(),
                events,
                plain.splitBrain()));
    }

    @Test
    void aPeerThatWasNeverHeardIsSaid() {
        assertThat(StatusText.lines(report(false, MASTER, null, new Silence(1, 1, 1, 1, 3000, null), COPIED)))
                .contains("the peer has not been heard yet");
    }

    private static StatusReport report(
            boolean alarm, Node self, @Nullable Node peer, Silence silence, JobResult replication) {
        return new StatusReport(
                "0.1.0",
                NOW,
                alarm,
                290,
                "The master serves and its slave stands by.",
                alarm ? "Look at the master." : "",
                self,
                peer,
                silence,
                "done",
                ORDINARY,
                null,
                replication,
                COPIED,
                null,
                null);
    }

    private static Node node(String role, String address, String service, boolean serving) {
        return new Node(
                role,
                address,
                "0.1.0",
                service,
                "2026-01-02T10:00:00Z",
                3,
                true,
                serving,
                serving ? "22.10.1" : "",
                serving ? 2 : 0,
                null);
    }
}
