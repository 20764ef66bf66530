// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pbxha.sync.AtomicFile;

/**
 * Our one line in an authorized_keys file: {@code restrict,command="PROGRAM" KEY MARKER}, perhaps with an address. It is
 * found again by its marker, the comment at its end. Every other line stays as it is, byte for byte.
 *
 * @param file for example /root/.ssh/authorized_keys
 * @param marker a word that no other line ends with
 */
public record AuthorizedKeys(Path file, String marker) {
    public AuthorizedKeys {
        if (!marker.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not a marker: " + marker);
        }
    }

    /**
     * Lets this key run this command and nothing else, in place of whatever our line allowed before.
     *
     * @return false when the line was there already and nothing was written
     */
    public boolean install(SshPublicKey key, ForcedCommand command) throws IOException {
        if (isInstalled(key, command)) {
            return false;
        }
        Path directory = file.toAbsolutePath().resolveSibling(".").normalize();
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(this::isOurs);
        lines.add(line(key, command));
        write(lines);
        return true;
    }

    /** Whether our line is there, and lets this key run this command and nothing else. */
    public boolean isInstalled(SshPublicKey key, ForcedCommand command) throws IOException {
        return lines().stream().filter(this::isOurs).toList().equals(List.of(line(key, command)));
    }

    private String line(SshPublicKey key, ForcedCommand command) {
        return command.options() + " " + key.line() + " " + marker;
    }

    /**
     * Takes our line out. A file in which nothing is left is deleted.
     *
     * @return false when it was not there
     */
    public boolean remove() throws IOException {
        List<String> lines = new ArrayList<>(lines());
        if (!lines.removeIf(this::isOurs)) {
            return false;
        }
        if (lines.isEmpty()) {
            Files.delete(file);
        } else {
            write(lines);
        }
        return true;
    }

    private boolean isOurs(String line) {
        return !line.startsWith("#") && line.stripTrailing().endsWith(" " + marker);
    }

    /** Each byte is one character, so that lines in any encoding come out as they went in. */
    private List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> lines = Arrays.asList(content.split("\n", -1));
        boolean complete = lines.get(lines.size() - 1).isEmpty();
        return complete ? lines.subList(0, lines.size() - 1) : lines;
    }

    private void write(List<String> lines) throws IOException {
        String content = String.join("\n", lines) + "\n";
        AtomicFile.write(file, content.getBytes(StandardCharsets.ISO_8859_1), AtomicFile.PRIVATE);
    }
}
