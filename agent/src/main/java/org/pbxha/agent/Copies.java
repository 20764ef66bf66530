// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.config.Schedule;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.effect.AfterReplication;
import org.pbxha.agent.effect.DatabaseComparison;
import org.pbxha.agent.effect.DatabaseFromPeer;
import org.pbxha.agent.effect.DatabaseToPeer;
import org.pbxha.agent.effect.FilesToPeer;
import org.pbxha.agent.effect.HeldReplica;
import org.pbxha.agent.effect.LastCopies;
import org.pbxha.agent.effect.NodeDatabase;
import org.pbxha.agent.effect.OwnWrites;
import org.pbxha.agent.effect.PlanCommand;
import org.pbxha.agent.effect.hooks.HookEvent;
import org.pbxha.agent.jobs.DataJob;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.jobs.JobResult;
import org.pbxha.agent.link.AgentReport;
import org.pbxha.agent.link.PeerClient;
import org.pbxha.agent.link.PeerReading;
import org.pbxha.agent.link.PeerRoute;
import org.pbxha.agent.observe.DatabaseWatch;
import org.pbxha.agent.schedule.Timetable;
import org.pbxha.agent.splitbrain.SplitBrainText;
import org.pbxha.agent.state.Meeting;
import org.pbxha.agent.state.NodeState;
import org.quartz.SchedulerException;

/** Replication and sync on this node: a master sends by the clock and on demand, a slave receives while it stands by. */
final class Copies implements AutoCloseable {
    private static final String EACH_MINUTE = "30 * * * * ?";

    private final Node node;
    private final Supplier<PeerReading> peer;
    private final Optional<NodeDatabase> database;
    private final Optional<DatabaseWatch> watch;
    private final DataJob replication;
    private final DataJob sync;
    private final Optional<AfterReplication> after;
    private final Optional<DatabaseFromPeer> receiver;
    private final LastCopies last;
    private final Timetable timetable;
    private final CopyAlarms alarms;
    private @Nullable PeerClient link;

    /**
     * The copies of this node.
     *
     * @param hooks take what happened to copies, and why
     */
    Copies(Node node, Supplier<PeerReading> peer, BiConsumer<HookEvent, String> hooks) throws IOException {
        this.node = node;
        this.alarms = new CopyAlarms(hooks);
        this.peer = peer;
        this.database = node.profile().database().map(ofProfile -> new NodeDatabase(node.settings(), ofProfile));
        this.watch = database.map(ours -> new DatabaseWatch(ours::open));
        this.replication = new DataJob(
                "replication",
                node.paths().job("replication"),
                this::replicate,
                outcome -> tell("replication", outcome));
        this.last = new LastCopies(
                node.paths().lastCopy("replication"), node.paths().lastCopy("sync"));
        FilesToPeer files =
                new FilesToPeer(node.settings(), node.profile(), node.paths().sshKeys(), this::whyNotSend, last);
        this.sync = new DataJob(
                "sync", node.paths().job("sync"), (asked, watcher) -> files.get(), outcome -> tell("sync", outcome));
        Optional<NodeDatabase> received = database.filter(ours -> node.role() == Role.SLAVE);
        this.after = received.map(this::afterReplication);
        this.receiver = received.map(ours -> new DatabaseFromPeer(
                ours,
                this::whyNotReceive,
                replication::record,
                last,
                node.paths().generations(),
                new HeldReplica(node.paths().heldReplica()),
                after.orElseThrow()));
        remember(CopyAlarms.REPLICATION, replication);
        remember(CopyAlarms.SYNC, sync);
        this.timetable = timetable();
    }

    private AfterReplication afterReplication(NodeDatabase ours) {
        return AfterReplication.of(ours, node::afterReplication, failure -> note("after-replication", failure));
    }

    private void remember(String copy, DataJob job) {
        if (job.last().lastRun() != null && !job.last().succeeded()) {
            alarms.known(copy);
        }
    }

    private Timetable timetable() throws IOException {
        try {
            Timetable times = new Timetable();
            if (node.role() == Role.MASTER) {
                Settings.Replication replicated = node.settings().replication();
                add(times, CopyAlarms.REPLICATION, replicated.schedule(), replication::run);
                add(times, CopyAlarms.SYNC, node.settings().sync().schedule(), sync::run);
                add(times, "verification", replicated.verification(), () -> verify(line -> {}));
                times.add("overdue", EACH_MINUTE, this::lookForOverdue);
            }
            return times;
        } catch (SchedulerException e) {
            throw new IOException("the timetable of the copies cannot be made: " + e.getMessage(), e);
        }
    }

    private static void add(Timetable times, String name, Schedule schedule, Runnable task) throws SchedulerException {
        if (schedule.cron().isPresent()) {
            times.add(name, schedule.cron().get(), task);
        }
    }

    /**
     * Brings everything to the slave, after what is under way already. Whether telephony may follow: all of it arrived, or a
     * split brain keeps data where it is, which is no reason to keep telephony too.
     */
    boolean bringAll() {
        return arrived() || splitBrain().isPresent();
    }

    private boolean arrived() {
        boolean replicated = database.isEmpty() || replication.runNext().exitCode() == ExitCode.OK;
        return replicated && sync.runNext().exitCode() == ExitCode.OK;
    }

    /** The link over which a master sends; known only once it is open. */
    void connect(PeerClient peerLink) {
        this.link = peerLink;
    }

    void start() throws IOException {
        watch.ifPresent(DatabaseWatch::start);
        try {
            timetable.start();
        } catch (SchedulerException e) {
            throw new IOException("the timetable of the copies cannot be started: " + e.getMessage(), e);
        }
    }

    List<PeerRoute> routes() {
        return receiver.map(DatabaseFromPeer::routes).orElse(List.of());
    }

    /** Rolls back what is being applied here, because the services that read it are about to start. */
    void letGo() {
        receiver.ifPresent(DatabaseFromPeer::letGo);
    }

    DataJob replication() {
        return replication;
    }

    DataJob sync() {
        return sync;
    }

    /** Whether the database answers; a platform without one needs none. */
    boolean databaseAnswers() {
        return watch.map(DatabaseWatch::answers).orElse(true);
    }

    private JobOutcome replicate(boolean asked, Consumer<String> watcher) {
        PeerClient open = link;
        if (database.isEmpty() || open == null) {
            return new JobOutcome(ExitCode.REFUSED, "the database was not replicated: " + noDatabase());
        }
        return new DatabaseToPeer(open, database.get(), this::whyNotSend, last).run(asked, watcher);
    }

    /** Compares the databases of both nodes, from the master; the differences go to whoever asked. */
    JobOutcome verify(Consumer<String> lines) {
        PeerClient open = link;
        if (database.isEmpty() || open == null) {
            return new JobOutcome(ExitCode.REFUSED, "not verified: " + noDatabase());
        }
        DatabaseComparison comparison = new DatabaseComparison(open, database.get(), last);
        // Readers hold the tables that a replication writes.
        return replication.without(() -> {
            JobOutcome outcome = comparison.run(lines);
            tell("verification", outcome);
            return outcome;
        });
    }

    /** Brings the generation before the last one back, on a slave. */
    Optional<JobOutcome> rollBack() {
        Optional<JobOutcome> outcome = receiver.map(DatabaseFromPeer::rollBack);
        outcome.ifPresent(how -> tell("replication", how));
        return outcome;
    }

    private String noDatabase() {
        return "the profile " + node.profile().name() + " names no database";
    }

    /** The command that shows what is copied. */
    Map<String, Handler> handlers() {
        return Map.of("replication-plan", new PlanCommand(node.profile().name(), database));
    }

    /** What this node has written that its peer does not have. */
    OwnWrites writes() {
        return new OwnWrites(node.role(), database, FilesToPeer.directories(node.settings(), node.profile()), last);
    }

    /** Whether the platform has a database to replicate. */
    boolean hasDatabase() {
        return database.isPresent();
    }

    private String whyNotSend() {
        String direction = wrongDirection();
        return direction.isEmpty() ? splitBrain().map(SplitBrainText::refusal).orElse("") : direction;
    }

    /** Data flows from the serving master to the slave that stands by, and never else; empty when it may. */
    String wrongDirection() {
        if (node.role() != Role.MASTER) {
            return "data flows from the master to the slave, and this node is the slave";
        }
        if (serving()) {
            AgentReport said = peer.get().report();
            boolean active = said != null && said.service() == ServiceState.ACTIVE;
            return active ? "the slave is active and serves; its data is never overwritten" : "";
        }
        return "this master stands by; what the slave has is newer";
    }

    private String whyNotReceive() {
        return serving()
                ? "this slave is active and serves; its data is never overwritten"
                : splitBrain().map(SplitBrainText::refusal).orElse("");
    }

    /** The meeting of two actives whose consequences nobody has accepted. */
    private Optional<Meeting> splitBrain() {
        return record().map(NodeState::meeting);
    }

    /** Whether this node serves, or may for all that is known. */
    boolean serving() {
        return state().map(State::service).orElse(ServiceState.ACTIVE) == ServiceState.ACTIVE;
    }

    private Optional<State> state() {
        return record().map(NodeState::state);
    }

    private Optional<NodeState> record() {
        try {
            return node.store().read();
        } catch (IOException e) {
            // Whoever does not know whether it serves takes no data.
            return Optional.empty();
        }
    }

    private void tell(String copy, JobOutcome outcome) {
        note(copy, outcome.line());
        String kind = copy.equals(CopyAlarms.SYNC) ? CopyAlarms.SYNC : CopyAlarms.REPLICATION;
        if (outcome.exitCode() == ExitCode.OK) {
            // A comparison without a difference does not mend a replication that fails.
            if (copy.equals(kind)) {
                alarms.clear(kind, outcome.line());
            }
        } else if (outcome.exitCode() == ExitCode.FAILED || wrongDirection().isEmpty()) {
            // A master that stands by, and a slave, have nothing to send: that is no failure.
            alarms.raise(kind, outcome.line());
        }
    }

    private void note(String copy, String text) {
        state().ifPresent(state -> node.journal().note(copy, state.service(), state.epoch(), text));
    }

    /** A run that the clock has left out, for whatever reason, is as bad as one that failed. */
    private void lookForOverdue() {
        if (wrongDirection().isEmpty()) {
            overdue(CopyAlarms.REPLICATION, node.settings().replication().schedule(), replication);
            overdue(CopyAlarms.SYNC, node.settings().sync().schedule(), sync);
        }
    }

    private void overdue(String copy, Schedule schedule, DataJob job) {
        JobResult last = job.last();
        if (last.lastSuccess() != null && schedule.missedTwice(Instant.parse(last.lastSuccess()), Instant.now())) {
            alarms.raise(copy, copy + " is overdue: it last succeeded at " + last.lastSuccess());
        }
    }

    @Override
    public void close() throws IOException {
        watch.ifPresent(DatabaseWatch::close);
        after.ifPresent(AfterReplication::close);
        try {
            timetable.close();
        } catch (SchedulerException e) {
            throw new IOException("the timetable of the copies does not stop: " + e.getMessage(), e);
        }
    }
}
