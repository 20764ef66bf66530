// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.splitbrain.OpenReport;
import org.pbxha.agent.splitbrain.Peer;
import org.pbxha.agent.splitbrain.Place;
import org.pbxha.agent.splitbrain.SplitBrain;
import org.pbxha.agent.splitbrain.SplitBrainKeeper;
import org.pbxha.agent.splitbrain.SplitBrainStore;
import org.pbxha.agent.state.Meeting;
import org.pbxha.agent.state.NodeState;

/**
 * This node, for the keeper of split-brain reports: only the cycle writes the state.
 *
 * @param snapshot the last turn
 * @param orders has turns change the state
 * @param journal the event journal
 * @param hooks tells hooks
 */
record SplitBrainPlace(
        Supplier<Optional<Snapshot>> snapshot, Orders orders, Journal journal, Consumer<SplitBrain> hooks)
        implements Place {
    /** The keeper of this node. */
    SplitBrainKeeper keeper(Node node, Copies copies, Peer peer) {
        SplitBrainStore store = new SplitBrainStore(node.paths().splitBrain());
        OpenReport report = new OpenReport(node.role(), store);
        return new SplitBrainKeeper(node.role(), store, report, this, copies.writes(), peer);
    }

    @Override
    public Optional<NodeState> state() {
        return snapshot.get().map(Snapshot::node);
    }

    @Override
    public void open(Meeting meeting) {
        orders.set(node -> node.meeting() == null ? node.withMeeting(meeting) : node);
    }

    @Override
    public void close(SplitBrain report) {
        // A meeting that came while the report was being accepted stays open.
        orders.set(node -> report.has(node.meeting()) ? node.withMeeting(null) : node);
    }

    @Override
    public void note(String text) {
        state().ifPresent(node ->
                journal.note("split-brain", node.state().service(), node.state().epoch(), text));
    }

    @Override
    public void tell(SplitBrain report) {
        hooks.accept(report);
    }
}
