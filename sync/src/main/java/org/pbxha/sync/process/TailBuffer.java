// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of a stream in constant memory, however much a program writes. */
final class TailBuffer {
    private static final int READ_SIZE = 8192;

    private final byte[] ring;
    private long written;

    TailBuffer(int limit) {
        ring = new byte[limit];
    }

    /** Reads until the end of the stream. */
    void drain(InputStream in) throws IOException {
        byte[] piece = new byte[READ_SIZE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            add(piece, n);
        }
    }

    private synchronized void add(byte[] piece, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written++ % ring.length)] = piece[i];
        }
    }

    /** What was kept so far, as UTF-8; a character cut in two at the front becomes a replacement character. */
    synchronized String text() {
        int kept = (int) Math.min(written, ring.length);
        byte[] tail = new byte[kept];
        for (int i = 0; i < kept; i++) {
            tail[i] = ring[(int) ((written - kept + i) % ring.length)];
        }
        return new String(tail, StandardCharsets.UTF_8);
    }
}
