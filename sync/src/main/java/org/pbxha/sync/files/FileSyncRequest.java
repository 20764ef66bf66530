// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import java.time.Duration;
import java.util.List;
import org.pbxha.sync.ssh.SshTarget;

/**
 * What to copy and where to.
 *
 * @param target the slave's sshd
 * @param directories in this order
 * @param connectTimeout for each SSH connection
 * @param stallTimeout how long a transfer may stand still
 * @param timeLimit for all directories together
 */
public record FileSyncRequest(
        SshTarget target,
        List<SyncDirectory> directories,
        Duration connectTimeout,
        Duration stallTimeout,
        Duration timeLimit) {
    public FileSyncRequest {
        directories = List.copyOf(directories);
    }
}
