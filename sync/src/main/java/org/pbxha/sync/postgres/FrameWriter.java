// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jpountz.lz4.LZ4BlockOutputStream;

/**
 * Writes a snapshot's stream: eight letters, then, compressed, frames of a type letter, a length and that many bytes. The
 * frames are: M the manifest and C the contents (JSON); for each table that changes T (its place in the manifest), and for
 * each part of it D any number of pieces of COPY text, E (its number of rows) and F (the sum of their fingerprint); and at
 * the very end Z (the number of rows in all parts). Only Z makes a snapshot complete.
 */
final class FrameWriter {
    static final byte[] MAGIC = "PBXHADB2".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER_SIZE = 5;
    static final int LARGEST_PIECE = 64 * 1024;

    private final Counted counted;
    private final LZ4BlockOutputStream out;
    private final ByteBuffer piece =
            ByteBuffer.allocate(HEADER_SIZE + LARGEST_PIECE).position(HEADER_SIZE);

    private FrameWriter(Counted counted) {
        this.counted = counted;
        this.out = Lz4.compress(counted);
    }

    /** Begins a snapshot's stream. */
    static FrameWriter ofStream(OutputStream out) throws IOException {
        Counted counted = new Counted(out);
        counted.write(MAGIC);
        return new FrameWriter(counted);
    }

    /** Begins frames that stand somewhere inside a stream. */
    static FrameWriter ofFrames(OutputStream out) {
        return new FrameWriter(new Counted(out));
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
    void data(byte[] text, int length) throws IOException {
        int offset = 0;
        while (offset < length) {
            if (!piece.hasRemaining()) {
                flushPiece();
            }
            int taken = Math.min(piece.remaining(), length - offset);
            piece.put(text, offset, taken);
            offset += taken;
        }
    }

    void partEnd(Fingerprint.Value fingerprint) throws IOException {
        flushPiece();
        number('E', fingerprint.rows());
        number('F', fingerprint.sum());
    }

    void end(long rows) throws IOException {
        number('Z', rows);
    }

    /** Writes out what is still held back. Nothing can be written after it. */
    void finish() throws IOException {
        out.finish();
        counted.flush();
    }

    /** Bytes that have left so far. */
    long written() {
        return counted.count;
    }

    private void flushPiece() throws IOException {
        int length = piece.position() - HEADER_SIZE;
        if (length > 0) {
            piece.put(0, (byte) 'D').putInt(1, length);
            out.write(piece.array(), 0, HEADER_SIZE + length);
            piece.position(HEADER_SIZE);
        }
    }

    private void json(char type, byte[] json) throws IOException {
        out.write(ByteBuffer.allocate(HEADER_SIZE)
                .put((byte) type)
                .putInt(json.length)
                .array());
        out.write(json);
    }

    private void number(char type, long value) throws IOException {
        out.write(ByteBuffer.allocate(HEADER_SIZE + Long.BYTES)
                .put((byte) type)
                .putInt(Long.BYTES)
                .putLong(value)
                .array());
    }

    /** Counts what goes through. */
    private static final class Counted extends FilterOutputStream {
        private long count;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
