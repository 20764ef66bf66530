// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

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
    private final byte[] buffer = new byte[FrameWriter.LARGEST_PIECE];
    private int length;
    private long number;

    FrameReader(InputStream in) throws IOException, ReplicationException {
        byte[] magic = in.readNBytes(FrameWriter.MAGIC.length);
        if (!Arrays.equals(magic, FrameWriter.MAGIC)) {
            throw broken("it is not a snapshot of this version");
        }
        this.in = new DataInputStream(Lz4.decompress(in));
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
        length = in.readInt();
        boolean data = type == 'D';
        if (length < 0 || length > (data ? buffer.length : Long.BYTES) || (!data && length != Long.BYTES)) {
            throw broken("a frame of type " + type + " says it has " + length + " bytes");
        }
        in.readFully(buffer, 0, length);
        number = data ? 0 : ByteBuffer.wrap(buffer).getLong();
        return (char) type;
    }

    /** Reads the next frame, which must be of a type, and returns its number. */
    long number(char type, String what) throws IOException, ReplicationException {
        if (next() != type) {
            throw broken(what + " was expected");
        }
        return number;
    }

    /** The COPY text of the last frame: this many bytes of {@link #buffer}. */
    int length() {
        return length;
    }

    /** Holds the COPY text of the last frame until the next one is read. */
    byte[] buffer() {
        return buffer;
    }

    /** The number of the last frame. */
    long number() {
        return number;
    }

    static ReplicationException broken(String how) {
        return new ReplicationException(Reason.STREAM, "the snapshot's stream is broken: " + how, null);
    }
}
