// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import java.time.Duration;
import java.util.List;

/**
 * What became of a run that reached the slave.
 *
 * @param directories one report each, in the order of the request
 * @param took from start to end
 */
public record FileSyncReport(List<DirectoryReport> directories, Duration took) {
    public FileSyncReport {
        directories = List.copyOf(directories);
    }

    /** Whether no directory failed; one that is missing here does not count as a failure. */
    public boolean succeeded() {
        return directories.stream().noneMatch(report -> report.result() == DirectoryReport.Result.FAILED);
    }
}
