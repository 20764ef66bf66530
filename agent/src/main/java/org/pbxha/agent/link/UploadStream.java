// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The link's end of an upload: each write has a time limit, and its own failures are told from those of the source. */
final class UploadStream extends OutputStream {
    private final OutputStream link;
    private final Duration stall;
    private final StallGuard guard;
    private long sent;
    private @Nullable IOException failure;

    UploadStream(OutputStream link, Duration stall, Runnable abort) {
        this.link = link;
        this.stall = stall;
        this.guard = new StallGuard(stall, abort);
    }

    /** Why the link failed, or null when it did not. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Bytes handed to the link. */
    long sent() {
        return sent;
    }

    /** Sends the mark that says that the stream is whole. */
    void finish() throws IOException {
        guarded(link::close);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        guarded(() -> link.write(source, offset, length));
        sent += length;
    }

    @Override
    public void flush() throws IOException {
        guarded(link::flush);
    }

    /** Ends the watch over the writes, not the link's stream. */
    void release() {
        guard.close();
    }

    private void guarded(LinkAction action) throws IOException {
        guard.begin();
        try {
            // The runtime's stream keeps a failed write to itself and throws at the next one.
            action.run();
        } catch (IOException e) {
            failure = guard.passed() ? new IOException("the peer took nothing for " + stall.toMillis() + " ms", e) : e;
            throw failure;
        } finally {
            guard.end();
        }
    }

    private interface LinkAction {
        void run() throws IOException;
    }
}
