// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The way back of one kind of change. Undoing twice, or after an interruption, is undoing once. */
@FunctionalInterface
public interface Undo {
    /**
     * Takes a change back, whether it was applied or only about to be.
     *
     * @param subject what was changed: the id of the change without its kind
     * @param memory what was written down before
     * @return one line for people: what was restored, or what was left alone and why
     */
    String undo(String subject, Memory memory) throws IOException;

    /**
     * What was written down of a change.
     *
     * @param before {@link Change#before} of the first time it was applied
     * @param marks {@link Change#mark} of every time
     */
    record Memory(Map<String, String> before, Set<String> marks) {
        public Memory {
            before = Map.copyOf(before);
            marks = Set.copyOf(marks);
        }
    }
}
