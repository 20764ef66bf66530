// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.file.AtomicFile;

/**
 * At most one setup at a time on a node: two would overwrite each other's undo record. The kernel lets go of the lock with
 * the process, however it ends; the file stays, because whoever removed it could remove that of a third one.
 */
public final class SetupLock implements AutoCloseable {
    private static final String FILE = "setup.lock";

    private final FileChannel channel;

    private SetupLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory the agent's own; made when it is missing
     * @throws SetupException when another setup holds it
     */
    public static SetupLock take(Path directory) throws IOException, SetupException {
        AtomicFile.makeDirectory(directory, "rwx------");
        Path file = directory.resolve(FILE);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(CREATE, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (channel.tryLock() != null) {
                return new SetupLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Held within this process, which is as good a reason.
            channel.close();
            throw busy(file, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw busy(file, null);
    }

    private static SetupException busy(Path file, @Nullable Throwable cause) {
        return new SetupException(
                "another `pbx-ha setup` runs on this node (it holds " + file + ")",
                "Wait until it has ended, or end it with Ctrl-C in its terminal; then run this again.",
                cause);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
