// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The id up to which passes need not look any more. It rises in three steps: an id is noted that was the last one given out;
 * a minute later, when whoever got it or a lower one has begun to write, the moment is noted; and when a pass has shipped
 * all transactions up to that moment, no row up to that id can appear. What the pass has met and left to the next
 * one, because it was updated, stays above the floor.
 */
final class Floor {
    /** An id is used at most so long after it was given out; where it takes longer, a sweep finds the row. */
    static final Duration SETTLING = Duration.ofMinutes(1);

    private static final long NOT_YET = Long.MAX_VALUE;

    private final LongSupplier nanos;
    private long id;
    private long noted = Watermark.BEGINNING;
    private long since;
    private long awaited = NOT_YET;

    Floor(long id, LongSupplier nanos) {
        this.id = id;
        this.nanos = nanos;
    }

    long id() {
        return id;
    }

    /** Takes the first step, if it has not been taken. */
    void note(Look look) throws SQLException {
        if (noted == Watermark.BEGINNING) {
            OptionalLong given = look.lastGivenId();
            noted = given.isPresent() ? given.getAsLong() : look.maxId();
            since = nanos.getAsLong();
        }
    }

    /** A pass is through. */
    void passed(Look look, Pass pass) throws SQLException {
        if (pass.to() >= awaited) {
            id = Math.max(id, Math.min(noted, pass.younger() - 1));
            noted = Watermark.BEGINNING;
            awaited = NOT_YET;
        }
        note(look);
        if (awaited == NOT_YET && nanos.getAsLong() - since >= SETTLING.toNanos()) {
            awaited = look.now().next();
        }
    }
}
