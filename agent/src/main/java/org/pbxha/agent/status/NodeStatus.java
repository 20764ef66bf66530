// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.BuildVersion;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.core.StepsProgress;
import org.pbxha.agent.jobs.JobResult;
import org.pbxha.agent.link.AgentReport;
import org.pbxha.agent.link.AsteriskReport;
import org.pbxha.agent.link.PeerReading;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.splitbrain.SplitBrain;
import org.pbxha.agent.state.NodeState;
import org.pbxha.agent.state.Pause;

/**
 * Puts together what this node says of itself.
 *
 * @param role this node's role
 * @param address this node's address
 * @param peerAddress the other node's address
 * @param uptime since this host booted
 * @param asterisk the local Asterisk
 * @param ready whether this node could serve
 * @param leaving whether this host shuts down and has stopped its telephony
 * @param replication last database copy
 * @param sync last file copy
 * @param fencing how the peer is fenced, null when it is not
 * @param events how far the shipping of events is, null when they are not shipped
 * @param splitBrain the open report of a split brain
 * @param clock the wall clock, for display only
 */
public record NodeStatus(
        Role role,
        String address,
        String peerAddress,
        Supplier<Duration> uptime,
        Supplier<AsteriskReport> asterisk,
        BooleanSupplier ready,
        BooleanSupplier leaving,
        Supplier<JobResult> replication,
        Supplier<JobResult> sync,
        Supplier<StatusReport.@Nullable Fencing> fencing,
        Supplier<StatusReport.@Nullable Events> events,
        Supplier<Optional<SplitBrain>> splitBrain,
        Clock clock) {

    /** What goes to the peer in each heartbeat. */
    public AgentReport report(Snapshot snapshot) {
        NodeState node = snapshot.node();
        StepsProgress steps = snapshot.facts().own().steps();
        boolean tried = steps.towards() == node.state().service() && steps.phase() == StepsProgress.Phase.FAILED;
        return new AgentReport(
                BuildVersion.current(),
                role,
                node.state().service(),
                node.state().epoch(),
                node.bootId(),
                uptime.get(),
                asterisk.get(),
                node.state().stepsDone() || tried,
                ready.getAsBoolean(),
                plea(node.state()),
                node.since(),
                node.row(),
                node.reason(),
                instant(replication.get().lastSuccess()),
                instant(sync.get().lastSuccess()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** What the rules need of the peer's last report; null before the first. */
    public static @Nullable PeerWord word(PeerReading reading) {
        AgentReport report = reading.report();
        if (report == null || report.service() == null) {
            return null;
        }
        return new PeerWord(
                report.service(),
                report.epoch(),
                report.settled(),
                report.asterisk().serving(),
                report.ready(),
                report.plea(),
                report.since());
    }

    private PeerWord.Plea plea(State state) {
        if (state.giving().phase() == Giving.Phase.OFFERED) {
            return PeerWord.Plea.TAKE_OVER_FROM_ME;
        }
        if (leaving.getAsBoolean()) {
            return PeerWord.Plea.LEAVING;
        }
        boolean gaveUp =
                state.service() == ServiceState.STANDBY && state.standing().unable();
        return gaveUp ? PeerWord.Plea.UNABLE : PeerWord.Plea.NONE;
    }

    /** What people see. */
    public StatusReport status(Snapshot snapshot, PeerReading peer) {
        AgentReport own = report(snapshot);
        NodeState node = snapshot.node();
        Facts facts = snapshot.facts();
        AgentReport said = peer.report();
        SplitBrain open = splitBrain.get().orElse(null);
        return new StatusReport(
                BuildVersion.current(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                snapshot.rule().alarm() || open != null,
                snapshot.rule().number(),
                snapshot.rule().reason(),
                snapshot.rule().advice(),
                node(own, address),
                said == null ? null : node(said, peerAddress),
                new StatusReport.Silence(
                        facts.peer().icmpSilence().toMillis(),
                        facts.peer().sipSilence().toMillis(),
                        facts.peer().linkSilence().toMillis(),
                        facts.times().witnessSilence().toMillis(),
                        facts.limits().silence().toMillis(),
                        peer.problem()),
                steps(snapshot),
                new StatusReport.Operator(
                        lower(node.state().standing().mode()),
                        paused(node),
                        node.state().standing().pinned(),
                        node.state().standing().unable(),
                        lower(node.state().giving().phase()),
                        node.state().shut()),
                fencing.get(),
                replication.get(),
                role == Role.SLAVE ? syncedBy(said) : sync.get(),
                events.get(),
                open);
    }

    /** Files arrive on a slave without its agent; when they did, its master says. */
    private static JobResult syncedBy(@Nullable AgentReport master) {
        return JobResult.known(master == null ? null : master.synced());
    }

    private static String steps(Snapshot snapshot) {
        StepsProgress.Phase phase = snapshot.facts().own().steps().phase();
        boolean failed = phase == StepsProgress.Phase.FAILED;
        return snapshot.node().state().stepsDone() ? "done" : failed ? "failed" : "running";
    }

    private static StatusReport.Node node(AgentReport report, String address) {
        return new StatusReport.Node(
                lower(report.role()),
                address,
                report.version(),
                lower(report.service()),
                report.since() == null
                        ? null
                        : report.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                report.epoch(),
                report.ready(),
                report.asterisk().serving(),
                report.asterisk().version(),
                report.asterisk().calls(),
                report.asterisk().problem());
    }

    private @Nullable String paused(NodeState node) {
        if (!node.pause().at(clock.instant())) {
            return null;
        }
        return node.pause().equals(Pause.OPEN_ENDED)
                ? "resume"
                : node.pause().until().toString();
    }

    private static String lower(@Nullable Enum<?> constant) {
        return constant == null ? "unknown" : constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
