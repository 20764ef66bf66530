// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.events.ShippingException.Kind;

/**
 * Ships one table of one node, one bounded step after the other. Each row arrives once, because:
 *
 * <p><b>Why none is lost.</b> Ids are given out before their rows are committed, so "all above the last id" would skip a row
 * that is committed late. But each row says which transaction wrote it, and PostgreSQL says below which number every
 * transaction is over ({@link Moment#oldest}). A <em>pass</em> ships the rows of the transactions from the watermark's
 * {@code below} up to that number: none of them can appear later. Then that number is the new {@code below}. So rows wait for
 * the oldest transaction that writes anything on that server, whatever it writes: it could still write here, with its old
 * number, and numbers of savepoints in it are known to nobody. Transactions that only read hold nothing back.
 *
 * <p><b>Why that is cheap.</b> There is no index by transaction. Ids are given out in order and used at once, so a pass reads
 * only ids above the {@code floor} ({@link Floor}), which follows some minutes behind. Ids that come from elsewhere, such as
 * rows that somebody restored or numbers that a session kept back, are found by <em>sweeps</em>: now and then a pass over
 * the ids up to the floor, from a watermark of its own ({@code swept}), one bounded piece a step. The floor rises only to ids
 * that a pass has covered, and the transaction of a row that appears below it later is never below {@code swept}. Hence no
 * row is outside of both.
 *
 * <p><b>Why none is doubled.</b> The watermark is committed with the rows, so that after a broken connection it says how far
 * the rows are. And the target's key (node, id) refuses a row that is there: that makes it harmless to look twice, which
 * happens to updated rows (they have a new transaction), to a pass that begins anew after a crash of the source, in which
 * the last numbers can be given out again ({@code SETBACK} of {@link TableSession}), and when the source is another database than before.
 */
final class TableShipper {
    private static final int FEWER = 10;

    private final String table;
    private final EventSource source;
    private final EventTarget target;
    private final LongSupplier nanos;

    /** What is known while both connections last; null before the first step and after a failure. */
    private @Nullable TableSession session;

    /** Fewer after a row did not fit, so that the one is found and all before it are shipped. */
    private int limit = Look.MOST_ROWS;

    TableShipper(String table, EventSource source, EventTarget target, LongSupplier nanos) {
        this.table = table;
        this.source = source;
        this.target = target;
        this.nanos = nanos;
    }

    String table() {
        return table;
    }

    /** Brings at most one batch of new rows to the target, and one of a sweep. */
    TableReport step() throws ShippingException {
        while (true) {
            try {
                TableSession current = session == null ? TableSession.begin(table, source, target, nanos) : session;
                session = current;
                TableReport report = current.step(limit);
                limit = Math.min(Look.MOST_ROWS, limit * 2);
                return report;
            } catch (ShippingException e) {
                session = null;
                if (e.kind() != Kind.ROW || limit == 1) {
                    throw e;
                }
                limit = Math.max(1, limit / FEWER);
            }
        }
    }
}
