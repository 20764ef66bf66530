// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the peer about this node and hears about the peer, over and over, on a thread of its own with one request in
 * flight. The peer's own requests count as much as its answers, so a link that works in one direction is still a voice, and
 * while they come this node sends few of its own.
 */
public final class Heartbeat implements AutoCloseable {
    /** Where heartbeats are posted. */
    public static final String PATH = "/v1/heartbeat";

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Supplier<AgentReport> own;
    private final PeerClient peer;
    private final LongSupplier nanoTime;
    private volatile boolean closed;
    private final PeerClock peerClock = new PeerClock();
    private final Semaphore soon = new Semaphore(0);
    private volatile Runnable news = () -> {};
    private volatile PeerReading reading = PeerReading.NOTHING;
    private final BeatPace pace;

    /**
     * A heartbeat that does not beat yet.
     *
     * @param own this node's report; called for each request and answer, must not block
     * @param peer a client of its own
     * @param nanoTime {@link System#nanoTime()}
     */
    public Heartbeat(Supplier<AgentReport> own, PeerClient peer, LongSupplier nanoTime) {
        this.own = own;
        this.peer = peer;
        this.nanoTime = nanoTime;
        this.pace = new BeatPace(nanoTime);
    }

    /**
     * Beats: one request, then a pause of {@code interval}, and no request while the peer's own come at that pace. A request
     * without an answer ends after {@code limit}.
     */
    public void start(Duration interval, Duration limit) {
        Thread thread = new Thread(() -> run(interval, limit), "heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    /** Beats as soon as possible, because this node has something new to say. */
    public void soon() {
        soon.release();
    }

    /** Who is told when the peer says something that its last report did not say. */
    public void onNews(Runnable listener) {
        news = listener;
    }

    /** What is known of the peer now. */
    public PeerReading reading() {
        return reading;
    }

    /** The route that takes the peer's heartbeats. */
    public PeerRoute route() {
        return PeerRoute.text(PATH, call -> {
            AgentReport report = LinkJson.read(call.text(), AgentReport.class);
            pace.asked();
            hear(report, peerClock.writtenAt(report, nanoTime.getAsLong()));
            return LinkJson.write(own.get());
        });
    }

    /** Tells the peer now, and waits for its answer: for the last word of an agent that ends. */
    public void tell(Duration limit) {
        beat(limit);
    }

    /** Sends one heartbeat. */
    void beat(Duration limit) {
        try {
            long asked = nanoTime.getAsLong();
            AgentReport report = LinkJson.read(peer.post(PATH, LinkJson.write(own.get()), limit), AgentReport.class);
            peerClock.read(report, asked, nanoTime.getAsLong());
            // It was written after that, however long it took.
            hear(report, asked);
            update(PeerReading::answered);
        } catch (PeerException e) {
            LOG.debug("heartbeat: {}", e.getMessage());
            update(now -> now.failed(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            update(now -> now.failed("the peer's report cannot be read: " + e.getMessage()));
        } catch (RuntimeException e) {
            // The boundary of the thread: an exception that leaves it would end all heartbeats without a word.
            LOG.error("heartbeat failed", e);
            update(now -> now.failed("heartbeat failed: " + e));
        }
    }

    /** Stops beating at once. */
    @Override
    public void close() {
        closed = true;
        soon.release();
        peer.close();
    }

    private void run(Duration interval, Duration limit) {
        boolean news = true;
        try {
            while (!closed) {
                if (pace.isDue(interval, news)) {
                    beat(limit);
                }
                news = soon.tryAcquire(interval.toNanos(), NANOSECONDS);
                soon.drainPermits();
            }
        } catch (InterruptedException e) {
            LOG.debug("heartbeat interrupted", e);
        }
    }

    /** Two threads hear the peer: this one, and the worker that takes its requests. */
    private synchronized void update(UnaryOperator<PeerReading> change) {
        reading = change.apply(reading);
    }

    private void hear(AgentReport report, long writtenAt) {
        if (isNews(report, writtenAt)) {
            news.run();
        }
    }

    /** What was stuck in a cut network comes after newer reports, which took other connections, and is no news. */
    private synchronized boolean isNews(AgentReport report, long writtenAt) {
        if (reading.heard() && writtenAt - reading.heardNanos() < 0) {
            return false;
        }
        AgentReport before = reading.report();
        reading = reading.heard(writtenAt, report);
        return before == null
                || before.service() != report.service()
                || before.plea() != report.plea()
                || before.settled() != report.settled();
    }
}
