// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import io.undertow.server.HttpServerExchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A request's body; a single read that waits longer than the limit closes the connection and fails. */
final class StallGuardedInput extends FilterInputStream {
    private final HttpServerExchange exchange;
    private final Duration limit;

    StallGuardedInput(HttpServerExchange exchange, InputStream in, Duration limit) {
        super(in);
        this.exchange = exchange;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        CloseTimer timer = CloseTimer.start(exchange, limit);
        try {
            return super.read(target, offset, length);
        } finally {
            timer.cancel();
        }
    }
}
