// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.effect.NodeDatabase;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.status.StatusReport;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.events.EventShipper;
import org.pbxha.sync.events.Shipment;
import org.pbxha.sync.events.ShippingException;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.events.TableReport;
import org.pbxha.sync.events.TargetDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships the events of this node on a thread of its own, whether it serves or not. A failed connection is tried again after
 * pauses that grow; nothing else of the agent waits for it.
 */
public final class EventShipping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventShipping.class);
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Work on a pair of connections, as an {@link EventShipper} does it. */
    interface Work extends AutoCloseable {
        List<TableReport> step() throws ShippingException, CancelledException;

        @Override
        void close();
    }

    /** Opens both connections. */
    interface Opener {
        Work open(Cancellation cancellation) throws ShippingException, CancelledException;
    }

    private final Opener opener;
    private final Duration interval;
    private final ShippingState state;
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "events");

    EventShipping(Opener opener, Duration interval, ShippingState state) {
        this.opener = opener;
        this.interval = interval;
        this.state = state;
        thread.setDaemon(true);
    }

    /**
     * The shipping that is configured; empty when none is.
     *
     * @param told whether people have been told, by an agent before this one, that it fails
     */
    public static Optional<EventShipping> of(Settings settings, Profile profile, ShippingAlarm alarm, boolean told)
            throws IOException {
        Settings.Events events = settings.events();
        if (events.url().isEmpty() || profile.database().isEmpty()) {
            return Optional.empty();
        }
        Profile.Database database = profile.database().get();
        String node = events.node().isPresent()
                ? events.node().get()
                : Files.readString(HOST_NAME).strip();
        Shipment shipment = new Shipment(node, database.schema(), events.tables());
        NodeDatabase source = new NodeDatabase(settings, database);
        String url = events.url().get();
        LOG.info("{} are shipped to {} as the rows of {}", String.join(", ", events.tables()), url, node);
        return Optional.of(new EventShipping(
                cancellation -> work(EventShipper.open(source, () -> target(url, events), shipment, cancellation)),
                events.interval(),
                new ShippingState(alarm, Clock.systemUTC(), told)));
    }

    /** The password is read anew for each connection. */
    private static Connection target(String url, Settings.Events events) throws SQLException {
        try {
            String password = Files.readString(events.passwordFile()).strip();
            return new TargetDatabase(url, events.user(), password).open();
        } catch (IOException e) {
            throw new SQLException(
                    "the password of the role " + events.user() + " cannot be read from " + events.passwordFile(), e);
        }
    }

    private static Work work(EventShipper shipper) {
        return new Work() {
            @Override
            public List<TableReport> step() throws ShippingException, CancelledException {
                return shipper.step();
            }

            @Override
            public void close() {
                shipper.close();
            }
        };
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** How far it is. */
    public StatusReport.Events status() {
        return state.status();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed.await(0, TimeUnit.MILLISECONDS)) {
                if (shipped()) {
                    pause = FIRST_PAUSE;
                }
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            }
        } catch (CancelledException e) {
            LOG.debug("events are shipped no more: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ships until a connection fails, and returns whether it has worked before. */
    private boolean shipped() throws CancelledException, InterruptedException {
        boolean worked = false;
        try (Work work = opener.open(cancellation)) {
            while (true) {
                List<TableReport> reports = work.step();
                worked = true;
                state.saw(reports);
                boolean more = reports.stream().anyMatch(TableReport::more);
                if (!more && closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new CancelledException("the agent ends");
                }
            }
        } catch (ShippingException e) {
            cancellation.check();
            state.failed(e);
        } catch (RuntimeException e) {
            cancellation.check();
            LOG.error("events could not be shipped", e);
            state.failed(new ShippingException(Kind.CONNECTION, "an error of pbx-ha: " + e, "See the log.", e));
        }
        return worked;
    }

    @Override
    public void close() {
        cancellation.cancel("the agent ends");
        closed.countDown();
    }
}
