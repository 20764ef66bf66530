// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a snapshot's stream: eight letters, then frames of a type letter, a length and that many bytes. The frames are: M
 * the manifest and C the contents (JSON); for each table that changes T (its place in the manifest), and for each part of it
 * D any number of compressed pieces of COPY text, E (its number of rows) and F (the sum of their fingerprint); and at the
 * very end Z (the number of rows in all parts). Only Z makes a snapshot complete.
 */
final class FrameWriter {
    static final byte[] MAGIC = "PBXHADB2".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER_SIZE = 5;

    private final OutputStream out;
    private final byte[] text = new byte[Lz4Pieces.LARGEST];
    private final ByteBuffer frame = ByteBuffer.allocate(HEADER_SIZE + Lz4Pieces.LARGEST_COMPRESSED);
    private int textLength;
    private long written;

    /** Writes frames only; {@link #begin} begins a stream. */
    FrameWriter(OutputStream out) {
        this.out = out;
    }

    void begin() throws IOException {
        write(MAGIC, MAGIC.length);
    }

    void manifest(byte[] json) throws IOException {
        json('M', json);
    }

    void contents(byte[] json) throws IOException {
        json('C', json);
    }

    void tableStart(int index) throws IOException {
        number('T', index);
    }

    /** Adds COPY text; it goes out in large pieces, because a row alone would be a packet of its own. */
    void data(byte[] row) throws IOException {
        int offset = 0;
        while (offset < row.length) {
            if (textLength == text.length) {
                flushText();
            }
            int taken = Math.min(text.length - textLength, row.length - offset);
            System.arraycopy(row, offset, text, textLength, taken);
            textLength += taken;
            offset += taken;
        }
    }

    /** Adds a compressed piece as it came. */
    void piece(byte[] compressed, int length) throws IOException {
        frame.clear().put((byte) 'D').putInt(length).put(compressed, 0, length);
        write(frame.array(), HEADER_SIZE + length);
    }

    void partEnd(Fingerprint.Value fingerprint) throws IOException {
        flushText();
        number('E', fingerprint.rows());
        number('F', fingerprint.sum());
    }

    void end(long rows) throws IOException {
        number('Z', rows);
        out.flush();
    }

    /** Bytes written so far. */
    long written() {
        return written;
    }

    private void flushText() throws IOException {
        if (textLength > 0) {
            int length = Lz4Pieces.compress(text, textLength, frame.array(), HEADER_SIZE);
            frame.put(0, (byte) 'D').putInt(1, length);
            write(frame.array(), HEADER_SIZE + length);
            textLength = 0;
        }
    }

    private void json(char type, byte[] json) throws IOException {
        byte[] header = ByteBuffer.allocate(HEADER_SIZE)
                .put((byte) type)
                .putInt(json.length)
                .array();
        write(header, header.length);
        write(json, json.length);
    }

    private void number(char type, long value) throws IOException {
        frame.clear().put((byte) type).putInt(Long.BYTES).putLong(value);
        write(frame.array(), HEADER_SIZE + Long.BYTES);
    }

    private void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        written += length;
    }
}
