// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import org.jspecify.annotations.Nullable;
import org.pbxha.sync.SyncException;

/** The SSH way to the peer does not work as it was set up. */
public final class SshException extends SyncException {
    /** What is wrong, each with what to do about it. */
    public enum Reason {
        /** Nobody answers at the address and port, or not in time. */
        UNREACHABLE("Check that the node is up, that sshd listens on this port, and the firewall between the nodes."),
        /** Something answers, but not with SSH that we can speak. */
        PROTOCOL("Check what listens on this port, and that both nodes have a current OpenSSH."),
        /** The host shows another key than the one pinned at pairing, or none was pinned. */
        HOST_KEY_MISMATCH("If the peer was reinstalled, pair again; if not, find out who answers at its address."),
        /** The peer's sshd does not accept the key. */
        KEY_REFUSED("Pair again; check that the peer's sshd_config lets root log in with a key"
                + " (PermitRootLogin prohibit-password) and reads /root/.ssh/authorized_keys."),
        /** The key opens a shell: its line in authorized_keys lacks the forced command. */
        FORCED_COMMAND_MISSING("Remove the key from the peer's /root/.ssh/authorized_keys and pair again."),
        /** The forced command is there and did not do what it is for. */
        FORCED_COMMAND_FAILED(
                "Check that pbx-ha and rsync are installed on the peer, and on a slave its /etc/pbx-ha/rsyncd.conf."),
        /** The key may do more than run its forced command. */
        NOT_RESTRICTED("Remove the key from the peer's /root/.ssh/authorized_keys and pair again."),
        /** The peer takes no files in its present state. */
        REFUSED_BY_PEER("See pbx-ha status on both nodes; files flow towards a standby node only."),
        /** A key or host key file on this node is missing, unreadable or damaged. */
        LOCAL_FILES("Pair again; it makes the key and the host key file anew.");

        private final String hint;

        Reason(String hint) {
            this.hint = hint;
        }
    }

    private final Reason reason;

    public SshException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, reason.hint, cause);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
