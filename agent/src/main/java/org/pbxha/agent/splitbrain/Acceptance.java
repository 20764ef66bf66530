// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.time.Instant;
import org.pbxha.agent.log.PlainText;

/**
 * An operator has accepted that data will be overwritten.
 *
 * @param user who, as the system knows the person
 * @param time when
 * @param reason why, in the operator's words, one line
 */
public record Acceptance(String user, Instant time, String reason) {
    /** Fills what is missing; what others wrote becomes one harmless line. */
    @SuppressWarnings("NullAway") // Jackson passes null for what is missing.
    public Acceptance {
        user = user == null ? "unknown" : PlainText.line(user);
        time = time == null ? Instant.EPOCH : time;
        reason = reason == null ? "" : PlainText.line(reason);
    }
}
