// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/** Reads what {@link FrameWriter} writes, in constant memory, and trusts none of its numbers. */
final class FrameReader {
    private static final int LARGEST_JSON = 16 * 1024 * 1024;

    private final DataInputStream in;
    private final byte[] piece = new byte[Lz4Pieces.LARGEST_COMPRESSED];
    private final byte[] text = new byte[Lz4Pieces.LARGEST];
    private int pieceLength;
    private int textLength;
    private long number;

    FrameReader(InputStream in) throws IOException, ReplicationException {
        this.in = new DataInputStream(new BufferedInputStream(in, Lz4Pieces.LARGEST));
        byte[] magic = this.in.readNBytes(FrameWriter.MAGIC.length);
        if (!Arrays.equals(magic, FrameWriter.MAGIC)) {
            throw broken("it is not a snapshot of this version");
        }
    }

    /** The manifest, which comes first. */
    byte[] manifest() throws IOException, ReplicationException {
        return json('M', "a manifest");
    }

    /** The contents, which come next. */
    byte[] contents() throws IOException, ReplicationException {
        return json('C', "contents");
    }

    private byte[] json(char expected, String what) throws IOException, ReplicationException {
        int type = in.readUnsignedByte();
        int size = in.readInt();
        if (type != expected || size < 0 || size > LARGEST_JSON) {
            throw broken(what + " was expected");
        }
        byte[] json = in.readNBytes(size);
        if (json.length < size) {
            throw new EOFException();
        }
        return json;
    }

    /** Reads the next frame and returns its type letter. */
    char next() throws IOException, ReplicationException {
        int type = in.readUnsignedByte();
        int length = in.readInt();
        boolean data = type == 'D';
        if (length < 0 || length > (data ? piece.length : Long.BYTES) || (!data && length != Long.BYTES)) {
            throw broken("a frame of type " + type + " says it has " + length + " bytes");
        }
        in.readFully(piece, 0, length);
        pieceLength = length;
        if (data) {
            textLength = Lz4Pieces.decompress(piece, length, text);
        } else {
            number = ByteBuffer.wrap(piece).getLong();
        }
        return (char) type;
    }

    /** Reads the next frame, which must be of a type, and returns its number. */
    long number(char type, String what) throws IOException, ReplicationException {
        if (next() != type) {
            throw broken(what + " was expected");
        }
        return number;
    }

    /** The length of the last frame's COPY text. */
    int textLength() {
        return textLength;
    }

    /** Holds the COPY text of the last frame until the next one is read. */
    byte[] text() {
        return text;
    }

    /** The length of the same as it came. */
    int pieceLength() {
        return pieceLength;
    }

    /** Holds the same as it came, compressed. */
    byte[] piece() {
        return piece;
    }

    /** The number of the last frame. */
    long number() {
        return number;
    }

    static ReplicationException broken(String how) {
        return new ReplicationException(Reason.STREAM, "the snapshot's stream is broken: " + how, null);
    }
}
