// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;

/**
 * What an agent says of itself in every heartbeat. A peer of another version may send more or less: more is ignored, and
 * what is missing is null, empty, false or zero.
 *
 * @param version of pbx-ha
 * @param role what the node is configured to be
 * @param service whether it serves telephony
 * @param epoch number of the last takeover it knows
 * @param bootId the kernel's boot id, empty when unknown
 * @param uptime how long the machine is up
 * @param asterisk the Asterisk on that node
 * @param settled whether its services have followed its service state; a standby that is not settled is still closing
 * @param ready whether the node would serve if it were asked to: its database answers and its units exist
 * @param plea what it wants of the other node
 * @param since when the service state changed last
 * @param row number of the last rule that applied
 * @param reason that rule's one-line reason
 * @param replicated when the last replication succeeded
 * @param synced when the last sync succeeded
 * @param clock the node's clock when it wrote this
 */
public record AgentReport(
        String version,
        @Nullable Role role,
        @Nullable ServiceState service,
        long epoch,
        String bootId,
        @Nullable Duration uptime,
        AsteriskReport asterisk,
        boolean settled,
        boolean ready,
        PeerWord.Plea plea,
        @Nullable Instant since,
        int row,
        String reason,
        @Nullable Instant replicated,
        @Nullable Instant synced,
        @Nullable Instant clock) {
    /** Fills what is missing. */
    @SuppressWarnings("NullAway") // Jackson passes null for what is missing.
    public AgentReport {
        version = version == null ? "" : version;
        bootId = bootId == null ? "" : bootId;
        reason = reason == null ? "" : reason;
        plea = plea == null ? PeerWord.Plea.NONE : plea;
        asterisk = asterisk == null ? AsteriskReport.UNKNOWN : asterisk;
    }
}
