// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.SyncException;

/**
 * A snapshot could not be taken or applied. The database it was meant for is as it was before. The message may have several
 * lines: the first says what is wrong, the others list it.
 */
public final class ReplicationException extends SyncException {
    /** What is wrong, each with what to do about it. */
    public enum Reason {
        /** The local PostgreSQL does not answer. */
        UNREACHABLE("Check that PostgreSQL runs on this node (pg_lsclusters) and listens on 127.0.0.1."),
        /** The local PostgreSQL refuses the role or its password. */
        LOGIN("Pair again to renew the database role; check that pg_hba.conf lets it in from 127.0.0.1 by password."),
        /** The two databases do not fit together; all differences are listed. */
        DIFFERENT("Bring both nodes to the same version, then replicate again."),
        /** Somebody holds a table that is needed. */
        LOCKED("See pg_stat_activity on this node for long transactions; replication can simply be tried again."),
        /** The rows do not fit the constraints of the database they should go to. */
        CONSTRAINT("Look at the named table and constraint on both nodes: the master's rows break it."),
        /** The tables would not fit on the disk beside the old ones. */
        DISK("Make room on the file system of PostgreSQL's data directory on the slave, then replicate again."),
        /** The schema changed while the snapshot began. */
        CHANGED("Try again when the upgrade or migration on the master has ended."),
        /** What was written reads differently from what was sent. */
        NOT_EQUAL("Replicate again; if it stays, look at the disks and PostgreSQL's logs of both nodes."),
        /** Rows have been deleted on the master, which only shows when the keys of all rows are sent. */
        ROWS_GONE("The master sends them by itself; if this stays, compare the versions of both nodes."),
        /** The stream ended early or is not a snapshot. */
        STREAM("Check the peer's journal for the end of the stream, then replicate again."),
        /** PostgreSQL reports something else. */
        DATABASE("See PostgreSQL's log on this node.");

        private final String hint;

        Reason(String hint) {
            this.hint = hint;
        }
    }

    private final Reason reason;
    private final List<String> differences;

    ReplicationException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, List.of(), cause);
    }

    private ReplicationException(Reason reason, String message, List<String> differences, @Nullable Throwable cause) {
        super(message, reason.hint, cause);
        this.reason = reason;
        this.differences = List.copyOf(differences);
    }

    static ReplicationException different(List<Difference> differences) {
        int count = differences.size();
        String first = "the databases differ in " + count + (count == 1 ? " point:" : " points:");
        return new ReplicationException(
                Reason.DIFFERENT,
                first + "\n" + String.join("\n", Difference.lines(differences)),
                differences.stream().map(Difference::toString).toList(),
                null);
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** Every difference, one sentence each; empty unless the reason is {@link Reason#DIFFERENT}. */
    public List<String> differences() {
        return differences;
    }
}
