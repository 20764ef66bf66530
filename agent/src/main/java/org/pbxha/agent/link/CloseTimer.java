// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * Closes a connection that takes too long. The server's own time-outs cover the time before a request only: they cannot
 * tell a stalled stream from one whose handler is busy with the database.
 */
final class CloseTimer {
    private final XnioExecutor.Key timer;

    private CloseTimer(XnioExecutor.Key timer) {
        this.timer = timer;
    }

    static CloseTimer start(HttpServerExchange exchange, Duration limit) {
        return new CloseTimer(exchange.getIoThread()
                .executeAfter(() -> IoUtils.safeClose(exchange.getConnection()), limit.toMillis(), MILLISECONDS));
    }

    static void untilComplete(HttpServerExchange exchange, Duration limit) {
        CloseTimer timer = start(exchange, limit);
        exchange.addExchangeCompleteListener((done, next) -> {
            timer.cancel();
            next.proceed();
        });
    }

    void cancel() {
        timer.remove();
    }
}
