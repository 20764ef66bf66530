// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.config.Schedule;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.effect.DatabaseFromPeer;
import org.pbxha.agent.effect.DatabaseToPeer;
import org.pbxha.agent.effect.FilesToPeer;
import org.pbxha.agent.effect.LastCopies;
import org.pbxha.agent.effect.NodeDatabase;
import org.pbxha.agent.effect.OwnWrites;
import org.pbxha.agent.effect.PlanCommand;
import org.pbxha.agent.jobs.DataJob;
import org.pbxha.agent.jobs.JobOutcome;
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
    private final Node node;
    private final Supplier<PeerReading> peer;
    private final Optional<NodeDatabase> database;
    private final Optional<DatabaseWatch> watch;
    private final DataJob replication;
    private final DataJob sync;
    private final Optional<DatabaseFromPeer> receiver;
    private final LastCopies last;
    private final Timetable timetable;
    private final BiConsumer<String, String> failed;
    private @Nullable PeerClient link;

    /**
     * The copies of this node.
     *
     * @param failed takes the name of a copy that failed, and why
     */
    Copies(Node node, Supplier<PeerReading> peer, BiConsumer<String, String> failed) throws IOException {
        this.node = node;
        this.failed = failed;
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
        this.sync = new DataJob("sync", node.paths().job("sync"), files, outcome -> tell("sync", outcome));
        this.receiver = database.filter(ours -> node.role() == Role.SLAVE)
                .map(ours -> new DatabaseFromPeer(ours, this::whyNotReceive, replication::record, last));
        this.timetable = timetable();
    }

    private Timetable timetable() throws IOException {
        try {
            Timetable times = new Timetable();
            if (node.role() == Role.MASTER) {
                add(times, "replication", node.settings().replication().schedule(), replication);
                add(times, "sync", node.settings().sync().schedule(), sync);
            }
            return times;
        } catch (SchedulerException e) {
            throw new IOException("the timetable of the copies cannot be made: " + e.getMessage(), e);
        }
    }

    private static void add(Timetable times, String name, Schedule schedule, DataJob job) throws SchedulerException {
        if (schedule.cron().isPresent()) {
            times.add(name, schedule.cron().get(), job::run);
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
        return receiver.map(DatabaseFromPeer::route).stream().toList();
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

    private JobOutcome replicate() {
        PeerClient open = link;
        if (database.isEmpty() || open == null) {
            return new JobOutcome(
                    ExitCode.REFUSED,
                    "the database was not replicated: the profile "
                            + node.profile().name() + " names no database");
        }
        return new DatabaseToPeer(open, database.get(), this::whyNotSend, last).get();
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
        state().ifPresent(state -> node.journal().note(copy, state.service(), state.epoch(), outcome.line()));
        if (outcome.exitCode() == ExitCode.FAILED) {
            failed.accept(copy, outcome.line());
        }
    }

    @Override
    public void close() throws IOException {
        watch.ifPresent(DatabaseWatch::close);
        try {
            timetable.close();
        } catch (SchedulerException e) {
            throw new IOException("the timetable of the copies does not stop: " + e.getMessage(), e);
        }
    }
}
