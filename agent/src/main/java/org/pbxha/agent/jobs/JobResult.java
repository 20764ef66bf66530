// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job went, kept on the disk.
 *
 * @param lastSuccess ISO instant of the last run that succeeded, null when none has
 * @param lastRun ISO instant of the last run, null when there was none
 * @param succeeded whether the last run succeeded
 * @param text one line about the last run
 */
public record JobResult(
        @Nullable String lastSuccess, @Nullable String lastRun, boolean succeeded, String text) {
    /** What is known of a job of the other node: when it last succeeded, null when it never has. */
    public static JobResult known(@Nullable Instant lastSuccess) {
        return lastSuccess == null ? NEVER : new JobResult(lastSuccess.toString(), null, true, "");
    }

    static final JobResult NEVER = new JobResult(null, null, false, "has not run yet");
}
