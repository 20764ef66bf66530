// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the local Asterisk through its manager interface: one connection, a ping each second, the number of calls every few
 * seconds. A thread of its own keeps the connection; {@link #report()} only reads what that thread last learned and never
 * blocks.
 *
 * <p>Until Asterisk says that it is fully booted it is only pinged: questions asked while its modules load have been seen to
 * dead-lock it. Three unanswered requests in a row end the connection; the next one is a new object, never the old one again.
 */
public final class AmiWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AmiWatch.class);
    private static final int UNANSWERED_BEFORE_RECYCLING = 3;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(3);

    private final AmiConnector connector;
    private final AmiTiming timing;
    private final LoginRetry retry;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Semaphore nudges = new Semaphore(0);
    private final Thread supervisor;
    private @Nullable String logged;
    private volatile AsteriskReport report = AsteriskReport.UNKNOWN;
    private volatile @Nullable CallCount counted;
    private volatile boolean countWanted;
    private volatile Runnable counting = () -> {};

    /**
     * Calls in progress, which were asked for at a moment.
     *
     * @param askedAt {@link System#nanoTime()}
     */
    private record CallCount(int calls, long askedAt) {}

    /**
     * Watches the Asterisk behind {@code account}.
     *
     * @throws IllegalStateException when the logging configuration would let asterisk-java write secrets, see
     *     {@link LeakyLoggers}
     */
    public AmiWatch(AmiAccount account) {
        this(new AsteriskJavaConnector(account, AmiTiming.DEFAULT), AmiTiming.DEFAULT);
    }

    AmiWatch(AmiConnector connector, AmiTiming timing) {
        this.connector = connector;
        this.timing = timing;
        this.retry = new LoginRetry(timing.retry());
        this.supervisor = new Thread(this::supervise, "pbx-ha-ami");
        this.supervisor.setDaemon(true);
    }

    /** Starts watching; once. */
    public void start() {
        supervisor.start();
    }

    /** Has this called, on a thread of its own, when calls have been counted that somebody wanted to know. */
    public void onCount(Runnable listener) {
        counting = listener;
    }

    /** What is known now. Never blocks. */
    public AsteriskReport report() {
        return report;
    }

    /**
     * Calls in progress, as Asterisk was asked no earlier than at a moment. Empty when it was not asked since or does not
     * say; it is asked then at once. Never blocks.
     *
     * @param nanos {@link System#nanoTime()}
     */
    public OptionalInt callsSince(long nanos) {
        CallCount last = counted;
        if (last != null && last.askedAt() - nanos >= 0) {
            return OptionalInt.of(last.calls());
        }
        if (!countWanted) {
            countWanted = true;
            nudges.release();
        }
        return OptionalInt.empty();
    }

    /** Logs off and stops the thread. Waits at most a few seconds for a hung Asterisk. */
    @Override
    public void close() {
        closed.countDown();
        nudges.release();
        try {
            supervisor.join(PATIENCE_AT_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise() {
        try {
            Duration pause = Duration.ZERO;
            while (!closedWithin(pause)) {
                pause = watchOneConnection();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how long to wait before the next connection. */
    private Duration watchOneConnection() throws InterruptedException {
        try (AmiSession session = connector.connect()) {
            report = report.afterLogin();
            logged = null;
            LOG.info("Connected to the manager interface of Asterisk");
            watch(session);
            return Duration.ZERO;
        } catch (AmiException e) {
            return lost(problemOf(e), retry.after(e.kind()));
        } catch (RuntimeException e) {
            // The thread's boundary: a fault in the library must not end the watch for good.
            LOG.error("The watch of Asterisk failed and starts again", e);
            return lost("The watch of Asterisk failed: " + e, retry.after(AmiException.Kind.LOST));
        }
    }

    private Duration lost(String problem, Duration pause) {
        // Once per change: a standby node's Asterisk is down for months, by intent.
        if (!problem.equals(logged)) {
            LOG.info("{}; next try in {} s", problem, pause.toSeconds());
            logged = problem;
        }
        report = report.disconnected(problem);
        counted = null;
        return pause;
    }

    private void watch(AmiSession session) throws AmiException, InterruptedException {
        int unanswered = 0;
        long callsDueAt = System.nanoTime();
        long pingDueAt = System.nanoTime();
        while (!closedBefore(pingDueAt)) {
            pingDueAt = System.nanoTime() + timing.pingInterval().toNanos();
            try {
                ping(session);
                unanswered = 0;
                if (report.fullyBooted() && (countWanted || System.nanoTime() - callsDueAt >= 0)) {
                    callsDueAt = System.nanoTime() + timing.callsInterval().toNanos();
                    ask(session);
                }
            } catch (AmiException e) {
                unanswered++;
                if (e.kind() != AmiException.Kind.TIMEOUT || unanswered >= UNANSWERED_BEFORE_RECYCLING) {
                    throw e;
                }
                report = report.withProblem(problemOf(e));
            }
        }
    }

    private void ping(AmiSession session) throws AmiException {
        long sentAt = System.nanoTime();
        session.ping();
        long answeredAt = System.nanoTime();
        retry.reset();
        report = report.afterPing(session.fullyBooted(), answeredAt, Duration.ofNanos(answeredAt - sentAt));
    }

    private void ask(AmiSession session) throws AmiException {
        if (report.version() == null) {
            String version = session.version();
            report = report.withVersion(version);
            LOG.info("Asterisk {} is fully booted", version);
        }
        boolean wanted = countWanted;
        countWanted = false;
        long askedAt = System.nanoTime();
        int calls = session.activeCalls();
        counted = new CallCount(calls, askedAt);
        report = report.withCalls(calls);
        if (wanted) {
            counting.run();
        }
    }

    private static String problemOf(AmiException e) {
        @Nullable String message = e.getMessage();
        return message == null ? e.kind().name() : message;
    }

    /** Waits for a moment, for somebody who wants to know the calls, or for the end. */
    private boolean closedBefore(long nanos) throws InterruptedException {
        if (nudges.tryAcquire(Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            nudges.drainPermits();
        }
        return closed.getCount() == 0;
    }

    private boolean closedWithin(Duration pause) throws InterruptedException {
        return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
