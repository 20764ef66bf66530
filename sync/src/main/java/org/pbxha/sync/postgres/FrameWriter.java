// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a snapshot's stream: eight letters, then frames of a type letter, a length and that many bytes. The frames
 * are: M the manifest (JSON), then for each table T (its place in the manifest), D any number of pieces of COPY text,
 * E (its number of rows), and at the very end Z (the number of all rows). Only Z makes a snapshot complete.
 */
final class FrameWriter {
    static final byte[] MAGIC = "PBXHADB1".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER_SIZE = 5;
    static final int LARGEST_PIECE = 64 * 1024;

    private final OutputStream out;
    private final ByteBuffer piece =
            ByteBuffer.allocate(HEADER_SIZE + LARGEST_PIECE).position(HEADER_SIZE);
    private long written;

    FrameWriter(OutputStream out) throws IOException {
        this.out = out;
        write(MAGIC, MAGIC.length);
    }

    void manifest(byte[] json) throws IOException {
        byte[] header = ByteBuffer.allocate(HEADER_SIZE)
                .put((byte) 'M')
                .putInt(json.length)
                .array();
        write(header, header.length);
        write(json, json.length);
    }

    void tableStart(int index) throws IOException {
        number('T', index);
    }

    /** Adds COPY text; it goes out in large pieces, because a row alone would be a packet of its own. */
    void data(byte[] text) throws IOException {
        int offset = 0;
        while (offset < text.length) {
            if (!piece.hasRemaining()) {
                flushPiece();
            }
            int length = Math.min(piece.remaining(), text.length - offset);
            piece.put(text, offset, length);
            offset += length;
        }
    }

    void tableEnd(long rows) throws IOException {
        flushPiece();
        number('E', rows);
    }

    void end(long rows) throws IOException {
        number('Z', rows);
        out.flush();
    }

    /** Bytes written so far. */
    long written() {
        return written;
    }

    private void flushPiece() throws IOException {
        int length = piece.position() - HEADER_SIZE;
        if (length > 0) {
            piece.put(0, (byte) 'D').putInt(1, length);
            write(piece.array(), HEADER_SIZE + length);
            piece.position(HEADER_SIZE);
        }
    }

    private void number(char type, long value) throws IOException {
        byte[] frame = ByteBuffer.allocate(HEADER_SIZE + Long.BYTES)
                .put((byte) type)
                .putInt(Long.BYTES)
                .putLong(value)
                .array();
        write(frame, frame.length);
    }

    private void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        written += length;
    }
}
