// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What became of one directory.
 *
 * @param directory its path on both nodes
 * @param result whether the slave's copy is now like ours
 * @param counts what was done
 * @param note why not, or what is worth knowing; empty when there is nothing to say
 * @param took from start to end of its rsync
 */
public record DirectoryReport(Path directory, Result result, Counts counts, String note, Duration took) {
    /** Whether the slave's copy is now like ours. */
    public enum Result {
        /** It is. */
        SYNCED,
        /** This node does not have the directory; the slave's copy was left alone. */
        MISSING_HERE,
        /** It is not, or not wholly. */
        FAILED
    }

    /**
     * Numbers from rsync's own statistics.
     *
     * @param files regular files that were new or different
     * @param bytes their size
     * @param deleted entries deleted on the slave; 0 when its rsync is too old to tell (3.2.3 is)
     */
    public record Counts(long files, long bytes, long deleted) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    static DirectoryReport missing(Path directory) {
        return new DirectoryReport(
                directory,
                Result.MISSING_HERE,
                Counts.NONE,
                "not on this node; the peer's copy is left as it is",
                Duration.ZERO);
    }

    static DirectoryReport failed(Path directory, String note, Duration took) {
        return new DirectoryReport(directory, Result.FAILED, Counts.NONE, note, took);
    }
}
