// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files that the agent, being root, does what they say: only root may be able to change them. The file and every directory
 * above it must belong to root (or to whoever runs this) and be writable by nobody else; a sticky directory such as /tmp is
 * fine as a parent, because nobody can replace what root owns in it.
 */
public final class TrustedFile {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int GROUP_WRITE = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    private static final int READ_BY_OTHERS = 0044;

    private TrustedFile() {}

    /** Reads a small UTF-8 file, or says all that keeps it from being trusted or read. */
    public static String read(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw refused(
                        file, List.of("is larger than " + MAX_BYTES / 1024 + " KiB"), "this cannot be the right file");
            }
            List<String> distrust = distrust(file);
            if (!distrust.isEmpty()) {
                throw refused(file, distrust, "give it to root: chown root:root, chmod go-w");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw refused(file, List.of("does not exist"), "run: pbx-ha setup");
        } catch (AccessDeniedException e) {
            throw refused(file, List.of("may not be read by this user"), "run this as root");
        } catch (CharacterCodingException e) {
            throw refused(file, List.of("is not UTF-8 text"), "save it as UTF-8");
        } catch (IOException e) {
            throw refused(file, List.of("cannot be read: " + e), "");
        }
    }

    private static ConfigException refused(Path file, List<String> reasons, String suggestion) {
        return new ConfigException(
                file,
                reasons.stream()
                        .map(reason -> new Problem(0, "", "", reason, suggestion))
                        .toList());
    }

    /** Why somebody else than root could change what the file says; empty when nobody could. */
    static List<String> distrust(Path file) throws IOException {
        List<String> reasons = new ArrayList<>();
        Path real = file.toRealPath();
        for (Path path : List.of(file.toAbsolutePath().normalize(), real)) {
            check(path.toRealPath(), false, reasons);
            for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
                check(parent, true, reasons);
            }
        }
        return reasons.stream().distinct().toList();
    }

    /** Why a file that holds a secret is not one; empty when it is fine, or is not there yet. */
    static Optional<String> exposure(Path file) {
        try {
            return (attribute(file, "mode") & READ_BY_OTHERS) == 0
                    ? Optional.empty()
                    : Optional.of("can be read by others than root");
        } catch (IOException e) {
            // Not there yet (setup makes it), or below a directory that only root may enter.
            return Optional.empty();
        }
    }

    private static void check(Path path, boolean directory, List<String> reasons) throws IOException {
        int mode = attribute(path, "mode");
        int uid = attribute(path, "uid");
        int gid = attribute(path, "gid");
        if (uid != 0 && uid != self()) {
            reasons.add(path + " belongs to user " + uid);
        }
        boolean others = (mode & OTHERS_WRITE) != 0 || ((mode & GROUP_WRITE) != 0 && gid != 0);
        if (others && !(directory && (mode & STICKY) != 0)) {
            reasons.add(path + " can be written by others than root");
        }
    }

    private static int self() throws IOException {
        return attribute(Path.of("/proc/self"), "uid");
    }

    private static int attribute(Path path, String name) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:" + name);
    }
}
