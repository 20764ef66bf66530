// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.loop;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Action;
import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.RuleTable;
import org.pbxha.agent.core.TwoActives;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.state.DurableState;
import org.pbxha.agent.state.Meeting;
import org.pbxha.agent.state.NodeState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of the agent: read the durable state, read the facts, decide, persist, act, publish. It can be cranked by
 * hand; nothing in it waits for slow work.
 */
public final class Cycle {
    private static final Logger LOG = LoggerFactory.getLogger(Cycle.class);

    private final DurableState store;
    private final Look look;
    private final Consumer<Action> effects;
    private final Journal journal;
    private final Clock wallClock;
    private final AtomicReference<@Nullable Snapshot> published = new AtomicReference<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    /** Reads the facts. */
    @FunctionalInterface
    public interface Look {
        /**
         * Never blocks.
         *
         * @param node this node as it was persisted last
         * @param order what an operator asks, null when nothing
         */
        Facts at(NodeState node, @Nullable Order order);
    }

    /** What an operator wants of one turn. */
    private record Request(
            @Nullable Order order, UnaryOperator<NodeState> change, CompletableFuture<Snapshot> answer) {}

    /** Wires one node's loop; effects only start work and return at once. */
    public Cycle(DurableState store, Look look, Consumer<Action> effects, Journal journal, Clock wallClock) {
        this.store = store;
        this.look = look;
        this.effects = effects;
        this.journal = journal;
        this.wallClock = wallClock;
    }

    /** What the last turn saw, empty before the first. */
    public Optional<Snapshot> snapshot() {
        return Optional.ofNullable(published.get());
    }

    /** Has an order decided in the next turn; the answer is what that turn saw and decided. */
    public CompletableFuture<Snapshot> order(Order order) {
        return ask(new Request(order, UnaryOperator.identity(), new CompletableFuture<>()));
    }

    /** Changes in the next turn what an operator may set: the mode, the pause. */
    public CompletableFuture<Snapshot> set(UnaryOperator<NodeState> change) {
        return ask(new Request(null, change, new CompletableFuture<>()));
    }

    private CompletableFuture<Snapshot> ask(Request request) {
        requests.add(request);
        return request.answer();
    }

    /**
     * One turn.
     *
     * @throws IOException when the state can be neither read nor written; nothing has been done then
     */
    public Snapshot runOnce() throws IOException {
        Request request = requests.poll();
        if (request == null) {
            return turn(null, UnaryOperator.identity());
        }
        try {
            Snapshot snapshot = turn(request.order(), request.change());
            request.answer().complete(snapshot);
            return snapshot;
        } catch (IOException | RuntimeException e) {
            request.answer().completeExceptionally(e);
            throw e;
        }
    }

    private Snapshot turn(@Nullable Order order, UnaryOperator<NodeState> change) throws IOException {
        NodeState stored = store.read().orElseThrow(() -> new IOException("the state file has gone"));
        NodeState before = change.apply(stored);
        if (!before.equals(stored)) {
            store.write(before);
        }
        Facts facts = look.at(before, order);
        Decision decision = RuleTable.decide(before.state(), facts);
        NodeState after = persist(before, decision, meeting(before, facts));
        tell(before, after, decision);
        for (Action action : decision.actions()) {
            effects.accept(action);
        }
        Snapshot snapshot = new Snapshot(after, facts, decision.rule());
        published.set(snapshot);
        return snapshot;
    }

    /** What stands in the state already, unless two actives meet now. */
    private @Nullable Meeting meeting(NodeState before, Facts facts) {
        PeerWord word = facts.freshWord();
        if (word == null || !TwoActives.meet(before.state(), facts)) {
            return before.meeting();
        }
        Meeting met = Meeting.of(
                before.role(),
                wallClock.instant().truncatedTo(ChronoUnit.MILLIS),
                new Meeting.Term(before.state().epoch(), before.since()),
                new Meeting.Term(word.epoch(), word.since()));
        return met.isSame(before.meeting()) ? before.meeting() : met;
    }

    /** One write for the decision and for what two actives leave behind: a killed agent forgets neither. */
    private NodeState persist(NodeState before, Decision decision, @Nullable Meeting meeting) throws IOException {
        boolean moved = before.state().service() != decision.state().service();
        boolean otherRow = before.row() != decision.rule().number();
        if (before.state().equals(decision.state()) && !otherRow && Objects.equals(before.meeting(), meeting)) {
            return before;
        }
        Instant since = moved ? wallClock.instant().truncatedTo(ChronoUnit.MILLIS) : before.since();
        NodeState after = before.with(decision.state())
                .withMeeting(meeting)
                .explained(since, decision.rule().number(), decision.rule().reason());
        store.write(after);
        return after;
    }

    private void tell(NodeState before, NodeState after, Decision decision) {
        boolean moved = decision.rule().outcome() != Outcome.STAY;
        if (before.row() == after.row()
                && before.state().service() == after.state().service()) {
            return;
        }
        String service = after.state().service().name().toLowerCase(Locale.ROOT);
        String text = decision.rule().reason()
                + (moved ? " -> " + decision.rule().outcome().words() : "");
        if (decision.rule().alarm()) {
            LOG.warn(
                    "row {}: {} ({}, epoch {})",
                    after.row(),
                    text,
                    service,
                    after.state().epoch());
            LOG.warn("next: {}", decision.rule().advice());
        } else {
            LOG.info(
                    "row {}: {} ({}, epoch {})",
                    after.row(),
                    text,
                    service,
                    after.state().epoch());
        }
        journal.decision(after, text);
    }
}
