// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a table of a node is, kept on the target and changed there in the transactions that bring the rows.
 * {@link TableShipper} says how the numbers work together.
 *
 * @param source the database of which the transactions are
 * @param below rows of transactions below this one, with ids above {@code floor}, are on the target
 * @param passTo where the pass under way ends, 0 when there is none
 * @param passAfter id behind which it goes on
 * @param floor ids up to this one are looked at by sweeps only
 * @param swept rows of transactions below this one, with ids up to {@code floor}, are on the target
 * @param complete a moment of which everything is on the target, null before the first one
 */
record Watermark(
        String source,
        long below,
        long passTo,
        long passAfter,
        long floor,
        long swept,
        @Nullable Instant complete) {
    /** Below every id and every transaction. */
    static final long BEGINNING = Long.MIN_VALUE;

    static Watermark beginning(String source) {
        return new Watermark(source, BEGINNING, 0, BEGINNING, BEGINNING, BEGINNING, null);
    }
}
