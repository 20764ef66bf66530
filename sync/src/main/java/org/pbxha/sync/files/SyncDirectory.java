// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that sync copies whole, at the same path on both nodes, each by its own rsync daemon module.
 *
 * @param path absolute, without "." and ".."
 */
public record SyncDirectory(Path path) {
    /** Each node's own identity and state: copied over the peer's they would end the pair. */
    private static final List<Path> OURS = List.of(Path.of("/etc/pbx-ha"), Path.of("/var/lib/pbx-ha"));

    public SyncDirectory {
        String text = path.toString();
        if (!path.isAbsolute() || !path.equals(path.normalize()) || path.getNameCount() == 0) {
            throw new IllegalArgumentException("not an absolute directory below /: " + text);
        }
        // rsyncd.conf: a % begins a variable, a \ at the end joins lines, blanks at the ends are lost.
        if (text.matches("(?s).*(\\p{Cntrl}|%|\\\\|\\s$).*")) {
            throw new IllegalArgumentException("a directory to sync may not have a control character, %, \\ or a blank"
                    + " at its end in its name: " + text);
        }
        for (Path ours : OURS) {
            if (ours.startsWith(path) || path.startsWith(ours)) {
                throw new IllegalArgumentException(text + " cannot be synced: it would overwrite the peer's " + ours);
            }
        }
    }

    /** Takes a path as it is written in a profile or in the configuration; a slash at the end is dropped. */
    public static SyncDirectory of(String path) {
        return new SyncDirectory(Path.of(path));
    }

    /**
     * The module's name, the same on both nodes without asking: {@code /} becomes {@code -}, and whatever is not a
     * letter, a digit, a dot or an underscore becomes {@code =XX}, so that no two directories share a name.
     */
    public String moduleName() {
        StringBuilder name = new StringBuilder();
        for (byte b : path.toString().substring(1).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c == '/') {
                name.append('-');
            } else if (c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '_')) {
                name.append(c);
            } else {
                name.append(String.format("=%02X", (int) c));
            }
        }
        return name.toString();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
