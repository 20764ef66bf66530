// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What setup will do to this node, in order. A plan that was interrupted anywhere, or whose node has changed since, is
 * simply made and applied again: only what is missing is done.
 */
public final class Plan {
    private final List<Change> changes;
    private final UndoRecord record;

    /** A plan; nothing is read or done yet. */
    public Plan(List<Change> changes, UndoRecord record) {
        this.changes = List.copyOf(changes);
        this.record = record;
    }

    /** One line for each change that is still to be made; empty when the node is as planned. */
    public List<String> show() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Change change : changes) {
            if (!isDone(change)) {
                lines.add(change.describe());
            }
        }
        return lines;
    }

    /**
     * Makes every change that is missing.
     *
     * @param progress gets one line before each
     * @throws SetupException with the change that failed; those before it stay, and are in the undo record
     */
    public void apply(Consumer<String> progress) throws SetupException {
        for (Change change : changes) {
            try {
                apply(change, progress);
            } catch (IOException e) {
                throw new SetupException(
                        "cannot " + change.describe() + ": " + e.getMessage(),
                        "mend it and run the same command again, or take everything back with: pbx-ha setup disable",
                        e);
            }
        }
    }

    private void apply(Change change, Consumer<String> progress) throws IOException {
        if (isDone(change)) {
            return;
        }
        progress.accept(change.describe());
        record.begin(change);
        change.apply();
        record.finish(change);
    }

    /** A change that was begun and not finished is repeated, even when it looks done: its last part may be missing. */
    private boolean isDone(Change change) throws IOException {
        return !record.isUnfinished(change) && change.isDone();
    }
}
