// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.events.ShippingException.Kind;

/**
 * What is known of a table while both connections last and nothing has failed: the watermark, and the passes under way. {@link
 * TableShipper} says why rows arrive once. After a failure the target knows better, and another session begins.
 */
final class TableSession {
    /** More transactions than a server that crashes can forget to have had: it writes its log several times a second. */
    private static final long SETBACK = 100_000;

    /** Reading a large table takes some minutes, a bounded piece a step. */
    private static final Duration SWEEPING = Duration.ofHours(1);

    private static final Duration CHECKING = Duration.ofMinutes(1);
    /** A watermark that moved without rows is kept on the target now and then. */
    private static final Duration KEEPING = Duration.ofSeconds(30);

    private final String table;
    private final EventSource source;
    private final EventTarget target;
    private final LongSupplier nanos;
    private final String identity;
    private final Floor floor;
    private final Progress progress;

    private SourceTable shape;
    private long below;
    private long swept;
    private @Nullable Pass pass;
    private @Nullable Pass sweep;
    private long sweepFrom;
    private long sweepDue;
    private long checkDue;
    private long keepDue;

    /** What one look has found. */
    private record Found(SourceTable shape, Moment now, List<String[]> rows) {}

    private TableSession(
            String table,
            EventSource source,
            EventTarget target,
            LongSupplier nanos,
            SourceTable shape,
            Watermark mark) {
        this.table = table;
        this.source = source;
        this.target = target;
        this.nanos = nanos;
        this.identity = mark.source();
        this.shape = shape;
        this.below = mark.below();
        this.swept = mark.swept();
        this.sweepFrom = setBack(swept);
        this.floor = new Floor(mark.floor(), nanos);
        this.progress = new Progress(mark.complete(), nanos);
        this.sweepDue = nanos.getAsLong();
        this.checkDue = sweepDue;
        this.keepDue = sweepDue;
    }

    /** Takes up the work where the target says that it was left. */
    static TableSession begin(String table, EventSource source, EventTarget target, LongSupplier nanos)
            throws ShippingException {
        String identity = source.identity();
        SourceTable shape = source.shape(table);
        target.fit(table, shape);
        Watermark kept = target.claim(table, identity);
        return source.look(table, look -> {
            Moment now = look.now();
            boolean usable = kept.source().equals(identity) && now.next() >= setBack(kept.below());
            Watermark mark = usable ? kept : Watermark.beginning(identity);
            TableSession session = new TableSession(table, source, target, nanos, shape, mark);
            session.floor.note(look);
            // No transaction up to the end of the pass may be open, not even after a crash that gave numbers out again.
            session.pass = mark.passTo() == 0
                    ? new Pass(setBack(mark.below()), now.oldest(), mark.floor(), Long.MAX_VALUE)
                    : new Pass(
                            setBack(mark.below()),
                            Math.min(mark.passTo(), now.oldest()),
                            mark.passAfter(),
                            Long.MAX_VALUE);
            return session;
        });
    }

    private static long setBack(long transaction) {
        return transaction == Watermark.BEGINNING ? transaction : transaction - SETBACK;
    }

    /** Brings one batch of the pass to the target, and when that is through one of a sweep. */
    TableReport step(int limit) throws ShippingException {
        if (nanos.getAsLong() - checkDue >= 0) {
            requireNewIds();
            checkDue = nanos.getAsLong() + CHECKING.toNanos();
        }
        Found found = source.look(table, look -> look(look, limit));
        fit(found.shape());
        int shipped = write(found.rows());
        if (pass == null && (sweep != null || nanos.getAsLong() - sweepDue >= 0)) {
            Found late = source.look(table, look -> sweep(look, limit));
            fit(late.shape());
            shipped += write(late.rows());
        }
        Blocker blocker = pass == null && progress.waiting() > 0 ? blocker(found.now()) : null;
        return new TableReport(table, shipped, progress.waiting(), progress.complete(), pass != null, blocker, null);
    }

    /** Rows whose ids the target has already from this node would be taken for those. */
    private void requireNewIds() throws ShippingException {
        long theirs = target.maxId(table);
        long ours = source.look(table, look -> {
            OptionalLong given = look.lastGivenId();
            return given.isPresent() ? Math.max(given.getAsLong(), look.maxId()) : Long.MAX_VALUE;
        });
        if (theirs > ours) {
            throw new ShippingException(
                    Kind.TABLE,
                    "the ids of " + table + " begin again: this node's database has given out ids up to " + ours
                            + ", and the target has rows of this node up to " + theirs,
                    "If the table was emptied or an older backup restored, give events.node a new name; what was shipped so"
                            + " far stays under the old one.",
                    null);
        }
    }

    private Found look(Look look, int limit) throws SQLException, ShippingException {
        Moment now = look.now();
        SourceTable seen = look.shape();
        if (pass == null && now.oldest() > below) {
            pass = new Pass(below, now.oldest(), floor.id(), Long.MAX_VALUE);
        }
        List<String[]> rows = List.of();
        boolean passing = pass != null;
        if (pass != null) {
            Batch batch = look.batch(pass, seen, limit);
            rows = batch.rows();
            pass = batch.pass();
            if (batch.finished()) {
                passed(look, batch.pass());
            }
        }
        if (pass == null) {
            progress.between(look, floor.id(), below, passing);
        } else {
            progress.under(look, pass.after(), below, rows.size());
        }
        return new Found(seen, now, rows);
    }

    private void passed(Look look, Pass over) throws SQLException {
        below = over.to();
        if (floor.id() == Watermark.BEGINNING) {
            // Nothing was left to sweeps.
            swept = below;
            sweepFrom = below;
        }
        floor.passed(look, over);
        pass = null;
    }

    private Found sweep(Look look, int limit) throws SQLException, ShippingException {
        Pass under = sweep == null ? new Pass(sweepFrom, below, Watermark.BEGINNING, floor.id()) : sweep;
        SourceTable seen = look.shape();
        Batch batch = look.batch(under, seen, limit);
        sweep = batch.pass();
        if (batch.finished()) {
            swept = under.to();
            sweepFrom = swept;
            sweep = null;
            sweepDue = nanos.getAsLong() + SWEEPING.toNanos();
        }
        return new Found(seen, look.now(), batch.rows());
    }

    private void fit(SourceTable seen) throws ShippingException {
        if (!seen.equals(shape)) {
            target.fit(table, seen);
            shape = seen;
        }
    }

    private int write(List<String[]> rows) throws ShippingException {
        if (rows.isEmpty() && nanos.getAsLong() - keepDue < 0) {
            return 0;
        }
        keepDue = nanos.getAsLong() + KEEPING.toNanos();
        Watermark mark = new Watermark(
                identity,
                below,
                pass == null ? 0 : pass.to(),
                pass == null ? Watermark.BEGINNING : pass.after(),
                floor.id(),
                swept,
                progress.complete());
        try {
            return target.write(table, shape, rows, mark);
        } catch (ShippingException e) {
            throw e.kind() == Kind.ROW && rows.size() == 1 ? e.about(table, shape.idOf(rows.get(0))) : e;
        }
    }

    private @Nullable Blocker blocker(Moment now) throws ShippingException {
        Instant seen = progress.heldSince(now);
        return seen.equals(now.time())
                ? null
                : source.blocker(now.oldest(), seen).orElse(null);
    }
}
