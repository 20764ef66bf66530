// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import io.undertow.server.HttpServerExchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/** A request's body; a single read that waits longer than the limit closes the connection and fails. */
final class StallGuardedInput extends FilterInputStream {
    private static final Logger LOG = LoggerFactory.getLogger(StallGuardedInput.class);

    private final HttpServerExchange exchange;
    private final Duration limit;
    private final StallGuard guard;
    private volatile @Nullable Thread reader;
    private volatile boolean broken;

    StallGuardedInput(HttpServerExchange exchange, InputStream in, Duration limit) {
        super(in);
        this.exchange = exchange;
        this.limit = limit;
        this.guard = new StallGuard(limit, this::abort);
    }

    /** Also wakes the reading thread, which would sleep on: closing a connection does not end a read. */
    private void abort() {
        IoUtils.safeClose(exchange.getConnection());
        Thread sleeper = reader;
        if (sleeper != null) {
            sleeper.interrupt();
        }
    }

    /** Ends the watch over the reads; there are none from now on. */
    void release() {
        guard.close();
    }

    /** Whether the caller went away before the end of its stream, so that no answer reaches it. */
    boolean broken() {
        return broken;
    }

    /** Reads what is left and forgets it; a stream that is longer than the limit is closed. */
    void discardRest(Duration total) {
        if (broken) {
            return;
        }
        CloseTimer timer = CloseTimer.waking(exchange, total);
        try {
            long unused = transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.debug("the rest of a stream was not read", e);
        } finally {
            timer.cancel();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        reader = Thread.currentThread();
        guard.begin();
        try {
            return super.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            // The stream's own methods may trip over a connection that is closed under them.
            broken = true;
            String why =
                    guard.passed() ? "the caller sent nothing for " + limit.toMillis() + " ms" : "the caller went away";
            throw new IOException(why + " before the end of its stream", e);
        } finally {
            guard.end();
            if (guard.passed()) {
                // The interrupt was for the read alone.
                boolean unused = Thread.interrupted();
            }
        }
    }
}
