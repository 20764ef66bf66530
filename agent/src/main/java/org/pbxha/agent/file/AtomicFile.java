// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a file so that a reader, a killed process or a power cut finds the old content or the new, never a part.
 *
 * <p>The content goes to an unpredictable name in the same directory, is flushed to the disk, and is renamed over the
 * target; a symbolic link in the target's place is replaced and never followed.
 */
public final class AtomicFile {
    private static final String SUFFIX = ".pbx-ha-new";

    private AtomicFile() {}

    /** Replaces {@code target}, whose directory exists. */
    public static void write(Path target, byte[] content, FileAccess access) throws IOException {
        Path directory = directoryOf(target);
        removeLeftOvers(directory, target);
        // Created readable by its owner only; the wanted access comes before the rename.
        Path fresh = Files.createTempFile(directory, "." + target.getFileName() + ".", SUFFIX);
        try {
            try (FileChannel channel = FileChannel.open(fresh, WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                access.applyTo(fresh);
                channel.force(true);
            }
            Files.move(fresh, target, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        flush(directory);
    }

    /** Removes {@code target} durably; it need not exist. */
    public static void delete(Path target) throws IOException {
        if (Files.deleteIfExists(target)) {
            flush(directoryOf(target));
        }
    }

    /** Makes a directory and its missing parents, each with {@code mode}, for example {@code rwx------}. */
    public static void makeDirectory(Path directory, String mode) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    }

    /** Makes names created or removed in {@code directory} survive a power cut. */
    public static void flush(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private static void removeLeftOvers(Path directory, Path target) throws IOException {
        String prefix = "." + target.getFileName() + ".";
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, path -> {
            String name = path.getFileName().toString();
            return name.startsWith(prefix) && name.endsWith(SUFFIX);
        })) {
            for (Path path : left) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static Path directoryOf(Path target) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(target + " is not a file");
        }
        return directory;
    }
}
