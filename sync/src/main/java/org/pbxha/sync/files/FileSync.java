// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.ProcessException;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshTarget;

/**
 * Makes the slave's directories like ours: one rsync each, over SSH, to the daemon module of that directory. Only what
 * is inside a directory moves, and the directory's own mode and owner; the directories above it are not touched on the
 * slave. Deletions come last, and only when everything could be read. A directory that this node does not have is
 * reported and skipped: an unmounted disk must not empty the slave's copy.
 */
public final class FileSync {
    private static final String RSYNC = "/usr/bin/rsync";

    private FileSync() {}

    /**
     * Copies the directories one after the other; a failed one does not keep the others from being copied.
     *
     * @throws SshException when the sync key is gone, or the slave cannot be reached as it was paired, or refuses because
     *     it is active
     * @throws ProcessException when rsync is not installed here
     * @throws CancelledException when cancelled; the directory in work stays between old and new, file by file
     */
    public static FileSyncReport run(FileSyncRequest request, Cancellation cancellation)
            throws SshException, ProcessException, CancelledException, InterruptedException {
        requireKey(request.target());
        long start = System.nanoTime();
        List<DirectoryReport> reports = new ArrayList<>();
        for (SyncDirectory directory : request.directories()) {
            Duration left = request.timeLimit().minus(elapsed(start));
            reports.add(sync(request, directory, left, cancellation));
        }
        return new FileSyncReport(reports, elapsed(start));
    }

    /** ssh only warns when it has no key, and then the peer seems to be the one who refuses. */
    private static void requireKey(SshTarget target) throws SshException {
        if (!Files.isReadable(target.privateKey())) {
            throw new SshException(
                    SshException.Reason.LOCAL_FILES, "the sync key " + target.privateKey() + " cannot be read", null);
        }
    }

    private static DirectoryReport sync(
            FileSyncRequest request, SyncDirectory directory, Duration left, Cancellation cancellation)
            throws SshException, ProcessException, CancelledException, InterruptedException {
        cancellation.check();
        if (!Files.isDirectory(directory.path())) {
            return DirectoryReport.missing(directory.path());
        }
        if (left.isNegative() || left.isZero()) {
            return DirectoryReport.failed(directory.path(), "not begun: the time limit was over", Duration.ZERO);
        }
        Command command = Command.of(left, arguments(request, directory));
        return new RsyncOutcome(request.target(), directory.path(), BoundedProcess.run(command, cancellation)).report();
    }

    private static List<String> arguments(FileSyncRequest request, SyncDirectory directory) {
        SshTarget target = request.target();
        String host = target.address().contains(":") ? "[" + target.address() + "]" : target.address();
        return List.of(
                RSYNC,
                // As --archive, without devices and sockets. No --numeric-ids: owners go by name.
                "--recursive",
                "--links",
                "--perms",
                "--times",
                "--group",
                "--owner",
                // Compare times to the nanosecond: the same size within the same second is not the same content.
                "--modify-window=-1",
                "--delete-after",
                "--timeout=" + Math.max(1, request.stallTimeout().toSeconds()),
                "--stats",
                "--no-human-readable",
                "--rsh=" + String.join(" ", target.sshCommand(request.connectTimeout())),
                directory.path() + "/",
                host + "::" + directory.moduleName() + "/");
    }

    private static Duration elapsed(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
