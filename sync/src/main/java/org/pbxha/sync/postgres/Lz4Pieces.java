// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Compresses COPY text in pieces, each for itself: what has come in pieces can be kept as it came. It costs less than the
 * LAN it spares, and less than encrypting what it takes away. By the library's native code where that can be loaded, which is
 * five times as fast as the same in Java.
 */
final class Lz4Pieces {
    /** Bytes of text in a piece at most. */
    static final int LARGEST = 64 * 1024;

    private static final LZ4Factory LIBRARY = LZ4Factory.fastestInstance();
    private static final LZ4Compressor COMPRESSOR = LIBRARY.fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR = LIBRARY.safeDecompressor();

    /** Bytes of a compressed piece at most. */
    static final int LARGEST_COMPRESSED = COMPRESSOR.maxCompressedLength(LARGEST);

    private Lz4Pieces() {}

    /** Returns how many bytes of {@code to}, from an offset on, the first {@code length} bytes of a text have become. */
    static int compress(byte[] text, int length, byte[] to, int offset) {
        return COMPRESSOR.compress(text, 0, length, to, offset, to.length - offset);
    }

    /**
     * The way back; returns the length of the text.
     *
     * @throws ReplicationException when it is not a compressed piece
     */
    static int decompress(byte[] piece, int length, byte[] to) throws ReplicationException {
        try {
            return DECOMPRESSOR.decompress(piece, 0, length, to, 0, LARGEST);
        } catch (LZ4Exception e) {
            throw FrameReader.broken("a piece of " + length + " bytes cannot be decompressed");
        }
    }
}
