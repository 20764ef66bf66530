// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.state.Meeting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report of this node that nobody has accepted yet, in memory and on the disk. Several threads change it. A full disk
 * keeps it from neither growing nor being shown; it is written as soon as there is room, and the refusal to overwrite does
 * not rest on it but on the state file.
 */
public final class OpenReport {
    private static final Logger LOG = LoggerFactory.getLogger(OpenReport.class);

    private final Role role;
    private final SplitBrainStore store;
    private @Nullable SplitBrain open;
    private boolean unwritten;

    /** The report that an earlier agent left in the store, if any. */
    public OpenReport(Role role, SplitBrainStore store) {
        this.role = role;
        this.store = store;
        this.open = store.open().orElse(null);
    }

    /** The report, empty when there is none. */
    public synchronized Optional<SplitBrain> current() {
        return Optional.ofNullable(open);
    }

    /** Takes a meeting in; whether it is a new one. */
    synchronized boolean meet(Meeting meeting) {
        SplitBrain before = open;
        SplitBrain after = before == null ? SplitBrain.of(meeting) : before.with(meeting);
        if (!after.equals(before)) {
            put(after);
            return true;
        }
        if (unwritten) {
            put(after);
        }
        return false;
    }

    /** Takes in what this node wrote. */
    synchronized void wrote(Writes own) {
        if (open != null) {
            put(open.with(role, own));
        }
    }

    /** Takes in the other node's report: its meetings, and what it says of itself. */
    synchronized void merge(SplitBrain theirs) {
        Role peer = role == Role.MASTER ? Role.SLAVE : Role.MASTER;
        SplitBrain merged = open;
        for (Meeting meeting : theirs.meetings()) {
            merged = merged == null ? SplitBrain.of(meeting) : merged.with(meeting);
        }
        Writes writes = theirs.writes(peer);
        if (merged != null && writes != null) {
            merged = merged.with(peer, writes);
        }
        if (merged != null && !merged.equals(open)) {
            put(merged);
        }
    }

    /** Hooks have been told. */
    synchronized void told(SplitBrain report) {
        if (open != null && open.last().isSame(report.last())) {
            put(open.withTold());
        }
    }

    /**
     * Keeps the report with its acceptance for good. The open one stands until {@link #close}.
     *
     * @throws IOException when that is not on the disk; nothing is accepted then
     */
    synchronized void accept(SplitBrain report, Acceptance acceptance) throws IOException {
        store.keep(report.with(acceptance));
    }

    /** Puts away what the state file does not know as open any more. */
    synchronized void close() {
        SplitBrain closed = open;
        if (closed == null) {
            return;
        }
        try {
            store.close(closed);
            open = null;
            unwritten = false;
        } catch (IOException e) {
            LOG.warn("the closed split-brain report cannot be put away: {}", e.toString());
        }
    }

    private void put(SplitBrain next) {
        open = next;
        try {
            store.write(next);
            unwritten = false;
        } catch (IOException e) {
            if (!unwritten) {
                LOG.warn("the split-brain report cannot be written ({}); it is tried again", e.toString());
            }
            unwritten = true;
        }
    }
}
