// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.loop;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Action;
import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.RuleTable;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.state.DurableState;
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
    private final Supplier<Facts> observer;
    private final Consumer<Action> effects;
    private final Journal journal;
    private final Clock wallClock;
    private final AtomicReference<@Nullable Snapshot> published = new AtomicReference<>();

    /** Wires one node's loop; effects only start work and return at once. */
    public Cycle(
            DurableState store, Supplier<Facts> observer, Consumer<Action> effects, Journal journal, Clock wallClock) {
        this.store = store;
        this.observer = observer;
        this.effects = effects;
        this.journal = journal;
        this.wallClock = wallClock;
    }

    /** What the last turn saw, empty before the first. */
    public Optional<Snapshot> snapshot() {
        return Optional.ofNullable(published.get());
    }

    /**
     * One turn.
     *
     * @throws IOException when the state can be neither read nor written; nothing has been done then
     */
    public Snapshot runOnce() throws IOException {
        NodeState before = store.read().orElseThrow(() -> new IOException("the state file has gone"));
        Facts facts = observer.get();
        Decision decision = RuleTable.decide(before.state(), facts);
        NodeState after = persist(before, decision);
        tell(before, after, decision);
        for (Action action : decision.actions()) {
            effects.accept(action);
        }
        Snapshot snapshot = new Snapshot(after, facts, decision.rule());
        published.set(snapshot);
        return snapshot;
    }

    private NodeState persist(NodeState before, Decision decision) throws IOException {
        boolean moved = before.state().service() != decision.state().service();
        boolean otherRow = before.row() != decision.rule().number();
        if (before.state().equals(decision.state()) && !otherRow) {
            return before;
        }
        Instant since = moved ? wallClock.instant().truncatedTo(ChronoUnit.MILLIS) : before.since();
        NodeState after = new NodeState(
                before.role(),
                decision.state(),
                before.bootId(),
                since,
                decision.rule().number(),
                decision.rule().reason());
        store.write(after);
        return after;
    }

    private void tell(NodeState before, NodeState after, Decision decision) {
        boolean moved = before.state().service() != after.state().service();
        if (before.row() == after.row() && !moved) {
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
