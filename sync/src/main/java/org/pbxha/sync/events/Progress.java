// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What people are told of how far a table is. */
final class Progress {
    /** How often many rows are counted. */
    private static final Duration COUNTING = Duration.ofSeconds(5);

    private static final long MANY = 1_000;

    private final LongSupplier nanos;
    private @Nullable Instant complete;

    /** A moment all of whose transactions are awaited, for what is complete. */
    private @Nullable Moment awaited;

    private long waiting;
    private long counted;
    private long heldBy;
    private Instant heldSince = Instant.EPOCH;

    Progress(@Nullable Instant complete, LongSupplier nanos) {
        this.complete = complete;
        this.nanos = nanos;
        this.counted = nanos.getAsLong() - COUNTING.toNanos();
    }

    /** A moment of which everything is on the target, once this step's rows are. */
    @Nullable
    Instant complete() {
        return complete;
    }

    /** Committed rows that are not on the target, as last counted. */
    long waiting() {
        return waiting;
    }

    /** In the middle of a pass, which is at this id and took so many rows of this look. */
    void under(Look look, long after, long below, int taken) throws SQLException {
        if (due() || waiting <= taken) {
            count(look, after, below);
        } else {
            waiting -= taken;
        }
    }

    /**
     * Between passes: rows with ids above the floor, of transactions below this one, are on the target.
     *
     * @param fresh whether a pass has just ended
     */
    void between(Look look, long floor, long below, boolean fresh) throws SQLException {
        Moment now = look.now();
        if (below == now.next()) {
            waiting = 0;
        } else if (fresh || due() || waiting < MANY) {
            count(look, floor, below);
        }
        if (waiting == 0) {
            complete = now.time();
            awaited = null;
        } else if (awaited == null) {
            awaited = now;
        } else if (below >= awaited.next()) {
            complete = awaited.time();
            awaited = now;
        }
    }

    private boolean due() {
        return nanos.getAsLong() - counted >= COUNTING.toNanos();
    }

    private void count(Look look, long after, long from) throws SQLException {
        counted = nanos.getAsLong();
        waiting = look.waiting(after, from);
    }

    /** Since when this moment's oldest transaction has been the oldest one, as far as that was seen. */
    Instant heldSince(Moment now) {
        if (heldBy != now.oldest()) {
            heldBy = now.oldest();
            heldSince = now.time();
        }
        return heldSince;
    }
}
