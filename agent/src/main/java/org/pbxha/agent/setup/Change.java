// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.util.Map;

/**
 * One reversible change of a node. A plan is a list of them: shown, agreed to, applied in order; what undoing needs is on
 * the disk before a change is applied. Applying twice is applying once. The way back is an {@link Undo}, which knows
 * nothing but what was written down.
 */
public interface Change {
    /** Its name in the undo record: the kind, a blank and the subject, for example {@code file /etc/pbx-ha/pbx-ha.yml}. */
    String id();

    /** One line for the plan: what will be done, and to what. */
    String describe();

    /** Whether there is nothing to do. */
    boolean isDone() throws IOException;

    /** How it was before, read before {@link #apply}; kept in a file that only root can read. */
    Map<String, String> before() throws IOException;

    /** What tells later whether it is still as {@link #apply} leaves it; empty when nobody will ask. */
    default String mark() {
        return "";
    }

    /** Does it. */
    void apply() throws IOException;
}
