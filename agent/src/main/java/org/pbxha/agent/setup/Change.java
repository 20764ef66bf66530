// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.util.Map;

/**
 * One reversible change of a node. A plan is a list of them: shown, agreed to, applied in order; what undoing needs is on
 * the disk before a change is applied. Applying twice is applying once.
 */
public interface Change {
    /** Stable name of the change in the undo record, for example {@code file /etc/pbx-ha/pbx-ha.yml}. */
    String id();

    /** One line for the plan: what will be done, and to what. */
    String describe();

    /** Whether there is nothing to do. */
    boolean isDone() throws IOException;

    /** What {@link #undo} needs, read before {@link #apply}; never a secret in clear that was not in a file before. */
    Map<String, String> remember() throws IOException;

    /** Does it. */
    void apply() throws IOException;

    /**
     * Takes it back.
     *
     * @param remembered what {@link #remember} gave before the change was first applied
     * @return one line for people: what was restored, or what was left alone and why
     */
    String undo(Map<String, String> remembered) throws IOException;
}
