// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * Closes a connection that takes too long. The server's own time-outs cover the time before a request only: they cannot
 * tell a stalled stream from one whose handler is busy with the database.
 */
final class CloseTimer {
    private final HttpServerExchange exchange;
    private final XnioExecutor.Key timer;
    private @Nullable Thread sleeper;
    private boolean passed;

    private CloseTimer(HttpServerExchange exchange, Duration limit, @Nullable Thread sleeper) {
        this.exchange = exchange;
        this.sleeper = sleeper;
        this.timer = arm(limit);
    }

    static CloseTimer start(HttpServerExchange exchange, Duration limit) {
        return new CloseTimer(exchange, limit, null);
    }

    /** Also wakes the calling thread, which would sleep on in a read: closing a connection does not end one. */
    static CloseTimer waking(HttpServerExchange exchange, Duration limit) {
        return new CloseTimer(exchange, limit, Thread.currentThread());
    }

    static void untilComplete(HttpServerExchange exchange, Duration limit) {
        CloseTimer timer = start(exchange, limit);
        exchange.addExchangeCompleteListener((done, next) -> {
            timer.cancel();
            next.proceed();
        });
    }

    synchronized void cancel() {
        timer.remove();
        if (passed && sleeper != null) {
            // The interrupt was for the read alone.
            boolean unused = Thread.interrupted();
        }
        sleeper = null;
    }

    /** Whether the time was up and the connection has been closed. */
    synchronized boolean passed() {
        return passed;
    }

    private XnioExecutor.Key arm(Duration limit) {
        try {
            return exchange.getIoThread().executeAfter(this::close, limit.toMillis(), MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server is being stopped, and its connections with it.
            close();
            return () -> false;
        }
    }

    private synchronized void close() {
        passed = true;
        IoUtils.safeClose(exchange.getConnection());
        if (sleeper != null) {
            sleeper.interrupt();
        }
    }
}
