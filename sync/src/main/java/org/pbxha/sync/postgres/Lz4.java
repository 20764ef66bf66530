// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Checksum;
import net.jpountz.lz4.LZ4BlockInputStream;
import net.jpountz.lz4.LZ4BlockOutputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Compression that costs less than the LAN it spares: a third of the bytes or fewer, at some hundred megabytes a second. In
 * Java only: the library's native code would be unpacked into a temporary directory.
 */
final class Lz4 {
    private static final int BLOCK = 64 * 1024;
    private static final int SEED = 0x9747b28c;

    private Lz4() {}

    static LZ4BlockOutputStream compress(OutputStream out) {
        return new LZ4BlockOutputStream(out, BLOCK, LZ4Factory.safeInstance().fastCompressor(), checksum(), false);
    }

    /** Reads compressed streams one after the other as if they were one. */
    static InputStream decompress(InputStream in) {
        return LZ4BlockInputStream.newBuilder()
                .withStopOnEmptyBlock(false)
                .withDecompressor(LZ4Factory.safeInstance().safeDecompressor())
                .withChecksum(checksum())
                .build(in);
    }

    private static Checksum checksum() {
        return XXHashFactory.safeInstance().newStreamingHash32(SEED).asChecksum();
    }
}
