// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The receiving side on the slave: rsyncd.conf, for a daemon that the forced SSH command starts, never one that
 * listens. Written for rsync 3.2.3 and newer.
 */
public final class RsyncModules {
    /** Where the package puts the name converter. */
    public static final Path NAME_CONVERTER = Path.of("/usr/lib/pbx-ha/sync-names");

    private RsyncModules() {}

    /** The configuration with one module for each directory. */
    public static String render(Collection<SyncDirectory> directories, Path nameConverter) {
        StringBuilder text = new StringBuilder(header(nameConverter));
        for (SyncDirectory directory : directories) {
            text.append("\n[")
                    .append(directory.moduleName())
                    .append("]\npath = ")
                    .append(directory.path())
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * Makes the directories that this node does not have: the daemon cannot, it starts inside them. Owner and mode of
     * the directory itself come with the first sync.
     *
     * @return the directories that were made
     */
    public static List<Path> createMissing(Collection<SyncDirectory> directories) throws IOException {
        List<Path> made = new ArrayList<>();
        for (SyncDirectory directory : directories) {
            if (!Files.exists(directory.path())) {
                Files.createDirectories(directory.path());
                made.add(directory.path());
            }
        }
        return made;
    }

    private static String header(Path nameConverter) {
        return """
                # Written by pbx-ha at pairing; changes made here are lost at the next one.
                # Used only by %s, behind the forced SSH command.

                # Root keeps the owners. The chroot keeps root, and every symbolic link that the peer sends, inside the
                # module, so links can be stored as they are.
                uid = 0
                gid = 0
                use chroot = yes
                munge symlinks = no
                # Owners go by name, since the nodes number them differently; in a chroot that takes a helper.
                numeric ids = no
                name converter = %s
                # Files come in and never go out.
                read only = no
                write only = yes
                list = no
                refuse options = * !r !l !p !t !g !o !modify-window !delete !delete-after !timeout !stats
                # A master that dies in the middle does not leave a receiver behind.
                timeout = 120
                reverse lookup = no
                max verbosity = 0
                syslog tag = pbx-ha-sync
                """.formatted("sync-receive", nameConverter);
    }
}
