// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.state.Meeting;
import org.pbxha.agent.state.NodeState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the report of a split brain, beside the cycle: takes the meeting over from the state file, gathers what this node
 * wrote, exchanges that with the other node, and tells log, journal and hooks. It looks at what there is each time and does
 * what is missing, so an agent that is killed anywhere goes on here.
 */
public final class SplitBrainKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SplitBrainKeeper.class);
    private static final Duration PACE = Duration.ofSeconds(5);

    /** How many steps an exchange that has worked is good for: the other node may have been set up anew meanwhile. */
    private static final int SLOW = 12;

    /** How many steps hooks wait for the other node's half. */
    private static final int PATIENCE = 6;

    private final Role role;
    private final SplitBrainStore store;
    private final OpenReport report;
    private final Place place;
    private final OwnHalf ownHalf;
    private final Peer peer;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "split-brain"));

    private @Nullable Meeting seen;
    private int sinceExchange;
    private int waited;
    private boolean unreachable;

    /**
     * A keeper that does nothing yet.
     *
     * @param gather tells what this node wrote; takes its time, which is bounded
     */
    public SplitBrainKeeper(
            Role role,
            SplitBrainStore store,
            OpenReport report,
            Place place,
            Function<SplitBrain, Writes> gather,
            Peer peer) {
        this.role = role;
        this.store = store;
        this.report = report;
        this.place = place;
        this.ownHalf = new OwnHalf(gather);
        this.peer = peer;
    }

    /** The report that nobody has accepted, empty when there is none. */
    public Optional<SplitBrain> open() {
        return report.current();
    }

    /** Reports of before, oldest first. */
    public List<SplitBrain> older() {
        return store.older();
    }

    /** Starts. */
    public void start() {
        var unused = worker.scheduleWithFixedDelay(this::guarded, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Hears of the state after each turn; works at once when two actives have met in it. */
    public void saw(NodeState now) {
        Meeting meeting = now.meeting();
        if (meeting != null && !meeting.isSame(seen)) {
            soon();
        }
        seen = meeting;
    }

    private void soon() {
        if (!worker.isShutdown()) {
            worker.execute(this::guarded);
        }
    }

    /** The boundary of the thread: an exception that left it would end all work without a word. */
    private void guarded() {
        try {
            step();
        } catch (RuntimeException e) {
            if (worker.isShutdown()) {
                LOG.debug("the agent ends in the middle of the split-brain report", e);
                return;
            }
            LOG.error("the split-brain report is not complete; it is tried again", e);
        }
    }

    /** Does what is missing now. */
    void step() {
        Optional<NodeState> state = take();
        if (state.isPresent()) {
            report.current().ifPresent(open -> tellOwnHalf(state.get(), open));
            exchange();
            report.current().filter(open -> !open.told()).ifPresent(this::tell);
        }
    }

    /** Takes over what stands in the state file; empty when nothing is open. Never while something is being accepted. */
    private synchronized Optional<NodeState> take() {
        Optional<NodeState> state = place.state();
        Meeting meeting = state.map(NodeState::meeting).orElse(null);
        if (meeting == null) {
            if (state.isPresent()) {
                report.close();
            }
            return Optional.empty();
        }
        if (store.accepted(meeting)) {
            // An agent was killed while it accepted.
            place.close(SplitBrain.of(meeting));
            return Optional.empty();
        }
        if (report.meet(meeting)) {
            announce(meeting);
        }
        return state;
    }

    private void announce(Meeting meeting) {
        String text = SplitBrainText.meeting(meeting);
        LOG.warn("split brain: {}", text);
        place.note(text);
    }

    private void tellOwnHalf(NodeState state, SplitBrain open) {
        ownHalf.tell(open, open.writes(role), state.since()).ifPresent(writes -> {
            report.wrote(writes);
            sinceExchange = SLOW;
        });
    }

    private void exchange() {
        boolean lacking = report.current().map(open -> open.writes(other())).isEmpty();
        if (++sinceExchange < SLOW && !lacking) {
            return;
        }
        try {
            String said = peer.post(SplitBrainRoutes.EXCHANGE, LinkJson.write(words()));
            hear(LinkJson.read(said, SplitBrainRoutes.Words.class));
            sinceExchange = 0;
            unreachable = false;
        } catch (PeerException | IOException e) {
            if (!unreachable) {
                LOG.warn(
                        "the split-brain report lacks what the other node says ({}); it is asked again",
                        e.getMessage());
            }
            unreachable = true;
        }
    }

    private void tell(SplitBrain open) {
        if (open.writes(other()) == null && waited++ < PATIENCE) {
            return;
        }
        waited = 0;
        String master = "the master: " + SplitBrainText.writes(open.master());
        String slave = "the slave: " + SplitBrainText.writes(open.slave());
        LOG.warn("split brain: {}", master);
        LOG.warn("split brain: {}", slave);
        LOG.warn("next: {}", SplitBrainText.refusal(open.last()));
        place.note(master);
        place.note(slave);
        place.tell(open);
        report.told(open);
    }

    /** What this node says to the other one. */
    SplitBrainRoutes.Words words() {
        return new SplitBrainRoutes.Words(role, report.current().orElse(null));
    }

    /** Takes in what the other node says; a meeting that it knows and this node does not is one all the same. */
    synchronized void hear(SplitBrainRoutes.Words theirs) {
        SplitBrain open = theirs.report();
        if (open == null || open.meetings().isEmpty() || theirs.role() != other() || store.accepted(open.last())) {
            return;
        }
        if (report.current().filter(own -> own.has(open.last())).isEmpty()) {
            // First the refusal, then what explains it.
            place.open(open.last());
            if (report.meet(open.last())) {
                announce(open.last());
            }
        }
        report.merge(open);
    }

    /**
     * Accepts on the other node and then here what is open on either. An agent that is killed in between has the other node
     * accepted and this one not; it is simply done again.
     *
     * @return whether there was something to accept
     * @throws PeerException when the other node cannot be told, refuses, or does not answer; nothing is accepted here then
     * @throws IOException when it cannot be written here; the other node has accepted then
     */
    public boolean acceptOnBoth(Acceptance acceptance) throws PeerException, IOException {
        String said = peer.post(SplitBrainRoutes.ACCEPT, LinkJson.write(acceptance));
        boolean there = LinkJson.read(said, SplitBrainRoutes.Accepted.class).accepted();
        boolean here = accept(acceptance);
        return there || here;
    }

    /**
     * Accepts what is open here, for good.
     *
     * @return whether there was something to accept
     * @throws IOException when that cannot be written; nothing is accepted then
     */
    synchronized boolean accept(Acceptance acceptance) throws IOException {
        Meeting meeting = place.state().map(NodeState::meeting).orElse(null);
        if (meeting == null) {
            return false;
        }
        report.meet(meeting);
        SplitBrain accepted = report.current().orElseGet(() -> SplitBrain.of(meeting));
        report.accept(accepted, acceptance);
        String text = "data loss accepted by " + acceptance.user() + ": " + acceptance.reason();
        LOG.warn("split brain: {}", text);
        place.note(text);
        place.close(accepted);
        report.close();
        return true;
    }

    private Role other() {
        return role == Role.MASTER ? Role.SLAVE : Role.MASTER;
    }

    /** Ends at once; what is not done is done by the next agent. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
