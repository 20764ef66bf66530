// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Refuses to run what somebody else could have put there: the daemon is root, so a program that another user can
 * replace is a way to become root. Every directory on the way and the program itself must belong to root (or to
 * ourselves, when we are not root) and be writable by nobody else; symbolic links are followed and the directories
 * they lead through are checked the same way.
 */
public final class ExecutableCheck {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;
    private static final int MOST_LINKS = 40;
    private static final int ROOT = 0;

    private ExecutableCheck() {}

    /**
     * Passes when the program is safe to run.
     *
     * @param program absolute path
     * @throws ProcessException when it is missing, not executable, or can be replaced by another user
     */
    public static void require(Path program) throws ProcessException {
        try {
            Path real = walk(program);
            boolean file = Files.isRegularFile(real);
            if (!file || !Files.isExecutable(real)) {
                String hint = file ? "Run: chmod 755 " + real : "Install the package that brings it.";
                throw new ProcessException(real + " is not an executable file", hint, null);
            }
        } catch (NoSuchFileException e) {
            throw new ProcessException(program + " does not exist", "Install the package that brings it.", e);
        } catch (IOException e) {
            throw new ProcessException(program + " cannot be examined: " + e.getMessage(), "Check its path.", e);
        }
    }

    /** Steps from / to the file itself, so that each link and each ".." means what it means to the kernel. */
    private static Path walk(Path program) throws IOException, ProcessException {
        Deque<Path> ahead = new ArrayDeque<>();
        program.forEach(ahead::addLast);
        Path at = Path.of("/");
        int links = 0;
        requireOnlyRootWrites(at, program);
        while (!ahead.isEmpty()) {
            Path name = ahead.removeFirst();
            if (name.toString().equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
                continue;
            }
            Path next = at.resolve(name).normalize();
            if (Files.isSymbolicLink(next)) {
                if (++links > MOST_LINKS) {
                    throw new IOException("too many symbolic links");
                }
                at = follow(next, at, ahead);
            } else {
                requireOnlyRootWrites(next, program);
                at = next;
            }
        }
        return at;
    }

    private static Path follow(Path link, Path directory, Deque<Path> ahead) throws IOException {
        Path target = Files.readSymbolicLink(link);
        Deque<Path> names = new ArrayDeque<>();
        target.forEach(names::addFirst);
        names.forEach(ahead::addFirst);
        return target.isAbsolute() ? Path.of("/") : directory;
    }

    private static void requireOnlyRootWrites(Path path, Path program) throws IOException, ProcessException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        int uid = (Integer) attributes.getOrDefault("uid", -1);
        int mode = (Integer) attributes.getOrDefault("mode", WRITABLE_BY_OTHERS);
        boolean foreign = uid != ROOT && uid != ownUid();
        if (foreign || (mode & WRITABLE_BY_OTHERS) != 0) {
            throw new ProcessException(
                    "will not run " + program + ": " + path + " can be changed by others (owner " + uid + ", mode "
                            + Integer.toOctalString(mode & 07777) + ")",
                    remedy(path, foreign, mode),
                    null);
        }
    }

    /** The commands that mend it. A directory that is shared on purpose, such as /tmp, must stay as it is. */
    private static String remedy(Path path, boolean foreign, int mode) {
        if ((mode & STICKY) != 0) {
            return "Move the program out of " + path + ", to where only root can write.";
        }
        List<String> commands = new ArrayList<>();
        if (foreign) {
            commands.add("chown root:root " + path);
        }
        if ((mode & WRITABLE_BY_OTHERS) != 0) {
            commands.add("chmod go-w " + path);
        }
        return "Run: " + String.join("; ", commands);
    }

    private static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }
}
