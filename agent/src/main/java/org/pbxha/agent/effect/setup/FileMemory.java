// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;

/** How a file was, as the undo record keeps it, and how it is told whether it has changed since. */
final class FileMemory {
    private static final String ABSENT = "absent";
    private static final String CONTENT = "content";
    private static final String MODE = "mode";
    private static final String OWNER = "owner";
    private static final String GROUP = "group";

    private FileMemory() {}

    /** The content of a file, empty when it does not exist. */
    static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Everything needed to bring the file back as it is now. */
    static Map<String, String> take(Path file) throws IOException {
        Optional<byte[]> content = read(file);
        if (content.isEmpty()) {
            return Map.of();
        }
        FileAccess access = FileAccess.of(file);
        return Map.of(
                CONTENT, Base64.getEncoder().encodeToString(content.get()),
                MODE, access.mode(),
                OWNER, Objects.requireNonNull(access.owner()),
                GROUP, Objects.requireNonNull(access.group()));
    }

    /** Brings it back; a file that was not there goes. */
    static void restore(Path file, Map<String, String> memory) throws IOException {
        Optional<byte[]> content = content(memory);
        if (content.isEmpty()) {
            AtomicFile.delete(file);
            return;
        }
        FileAccess access =
                new FileAccess(Objects.requireNonNull(memory.get(MODE)), memory.get(OWNER), memory.get(GROUP));
        AtomicFile.write(file, content.get(), access);
    }

    /** What was in it, empty when it was not there. */
    static Optional<byte[]> content(Map<String, String> memory) {
        return Optional.ofNullable(memory.get(CONTENT)).map(Base64.getDecoder()::decode);
    }

    /** A word that is the same as long as the content is; it gives nothing of the content away. */
    static String mark(Optional<byte[]> content) {
        return content.map(FileMemory::digest).orElse(ABSENT);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
