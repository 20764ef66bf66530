// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One change in the undo record.
 *
 * @param id of the change
 * @param before how it was before the first time
 * @param marks what the change left, each time
 * @param finished whether it was carried out to its end
 */
record UndoEntry(String id, Map<String, String> before, Set<String> marks, boolean finished) {
    /** The file. */
    record Entries(List<UndoEntry> changes) {}

    static UndoEntry begun(String id, Map<String, String> before, String mark) {
        return new UndoEntry(id, before, Set.of(mark), false);
    }

    UndoEntry begunAgain(String mark) {
        Set<String> all = new LinkedHashSet<>(marks);
        all.add(mark);
        return new UndoEntry(id, before, all, false);
    }

    UndoEntry done() {
        return new UndoEntry(id, before, marks, true);
    }

    Undo.Memory memory() {
        return new Undo.Memory(before, marks);
    }

    static String kind(String id) {
        return id.substring(0, id.indexOf(' '));
    }

    static String subject(String id) {
        return id.substring(id.indexOf(' ') + 1);
    }
}
