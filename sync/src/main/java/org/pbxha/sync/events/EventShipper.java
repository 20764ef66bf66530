// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.postgres.ConnectionSource;

/**
 * Ships the event tables of one node over a pair of connections. It does nothing by itself: whoever has it calls {@link
 * #step} again and again. A table with a problem of its own is tried again later and does not keep the others; when a
 * connection fails, this object is of no more use.
 */
public final class EventShipper implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final EventSource source;
    private final EventTarget target;
    private final LongSupplier nanos;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;

    /** A table, and when it may be tried again. */
    private static final class Lane {
        final TableShipper shipper;

        @Nullable
        TableReport failed;

        long retryAt;
        Duration pause = FIRST_PAUSE;

        Lane(TableShipper shipper) {
            this.shipper = shipper;
        }
    }

    private EventShipper(
            EventSource source, EventTarget target, Shipment shipment, Cancellation cancellation, LongSupplier nanos) {
        this.source = source;
        this.target = target;
        this.nanos = nanos;
        this.cancellation = cancellation;
        for (String table : shipment.tables()) {
            lanes.put(table, new Lane(new TableShipper(table, source, target, nanos)));
        }
        this.registration = cancellation.onCancel(() -> {
            source.abort();
            target.abort();
        });
    }

    /**
     * Connects to both databases. Takes a bounded time, as long as both sources do.
     *
     * @throws ShippingException of kind {@code CONNECTION} or {@code RIGHTS}: try again later
     * @throws CancelledException when cancelled
     */
    public static EventShipper open(
            ConnectionSource source, ConnectionSource target, Shipment shipment, Cancellation cancellation)
            throws ShippingException, CancelledException {
        return open(source, target, shipment, cancellation, System::nanoTime);
    }

    static EventShipper open(
            ConnectionSource source,
            ConnectionSource target,
            Shipment shipment,
            Cancellation cancellation,
            LongSupplier nanos)
            throws ShippingException, CancelledException {
        cancellation.check();
        EventSource from = EventSource.open(source, shipment.schema());
        try {
            EventTarget to = EventTarget.open(target, shipment.node());
            try {
                requireTwo(from, to);
                return new EventShipper(from, to, shipment, cancellation, nanos);
            } catch (ShippingException e) {
                to.close();
                throw e;
            }
        } catch (ShippingException e) {
            from.close();
            throw e;
        }
    }

    private static void requireTwo(EventSource from, EventTarget to) throws ShippingException {
        if (from.identity().equals(to.identity())) {
            throw new ShippingException(
                    Kind.CONNECTION,
                    "the target is this node's own database",
                    "Let events.target name another database.",
                    null);
        }
    }

    /**
     * Moves at most one batch of each table.
     *
     * @return one report for each table, in the order of the shipment
     * @throws ShippingException when one of the connections fails
     * @throws CancelledException when cancelled
     */
    public List<TableReport> step() throws ShippingException, CancelledException {
        List<TableReport> reports = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            cancellation.check();
            reports.add(step(lane));
        }
        return reports;
    }

    private TableReport step(Lane lane) throws ShippingException, CancelledException {
        if (lane.failed != null && nanos.getAsLong() - lane.retryAt < 0) {
            return lane.failed;
        }
        try {
            TableReport report = lane.shipper.step();
            lane.failed = null;
            lane.pause = FIRST_PAUSE;
            return report;
        } catch (ShippingException e) {
            cancellation.check();
            if (e.kind() == Kind.CONNECTION) {
                throw e;
            }
            TableReport failed = new TableReport(lane.shipper.table(), 0, 0, null, false, null, e);
            lane.failed = failed;
            lane.retryAt = nanos.getAsLong() + lane.pause.toNanos();
            Duration doubled = lane.pause.multipliedBy(2);
            lane.pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            return failed;
        }
    }

    @Override
    public void close() {
        registration.disarm();
        source.close();
        target.close();
    }
}
