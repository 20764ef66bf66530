// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is.
 *
 * @param table its name
 * @param shipped rows that this step put on the target; those that were there already do not count
 * @param waiting committed rows that are not on the target yet, counted now and then, and not above {@link #MOST_COUNTED}
 * @param complete a moment, by the source's clock, of which everything is on the target; null before the first one
 * @param more whether another step would find work at once
 * @param blocker what holds rows back that are committed; null when nothing does
 * @param problem why this table is not shipped; null when it is
 */
public record TableReport(
        String table,
        int shipped,
        long waiting,
        @Nullable Instant complete,
        boolean more,
        @Nullable Blocker blocker,
        @Nullable ShippingException problem) {
    /** Counting stops here. */
    public static final long MOST_COUNTED = 100_000;

    /** The same when nobody knows what holds rows back. */
    public TableReport withoutBlocker() {
        return new TableReport(table, shipped, waiting, complete, more, null, problem);
    }
}
