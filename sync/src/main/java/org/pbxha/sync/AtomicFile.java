// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * Replaces a file as a whole: readers, and a power cut, see the old content or the new one. An existing file keeps its
 * mode, owner and group, and a symbolic link keeps pointing to the file that is replaced.
 */
public final class AtomicFile {
    /** Read and write for the owner, nothing for anybody else. */
    public static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private AtomicFile() {}

    /**
     * Writes the file and makes it durable.
     *
     * @param modeIfNew mode of a file that did not exist; an existing one keeps its own
     */
    public static void write(Path file, byte[] content, Set<PosixFilePermission> modeIfNew) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.resolveSibling(".");
        Path draft = Files.createTempFile(directory, ".pbx-ha-", ".new");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                takeOver(target, draft, modeIfNew);
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void takeOver(Path target, Path draft, Set<PosixFilePermission> modeIfNew) throws IOException {
        if (!Files.exists(target)) {
            Files.setPosixFilePermissions(draft, modeIfNew);
            return;
        }
        // Owner before mode: changing the owner may clear mode bits.
        Map<String, Object> kept = Files.readAttributes(target, "unix:uid,gid,mode");
        for (String name : new String[] {"uid", "gid", "mode"}) {
            Files.setAttribute(draft, "unix:" + name, kept.get(name));
        }
    }
}
