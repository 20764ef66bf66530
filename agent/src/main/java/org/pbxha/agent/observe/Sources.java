// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.state.NodeState;

/**
 * Where facts come from. None of these may block.
 *
 * @param icmp the peer's answers to ping
 * @param sip the peer's answers to SIP OPTIONS
 * @param link the peer agent's heartbeats
 * @param witnesses the answers of each witness to ping
 * @param word the peer agent's last word, null before the first
 * @param own what this node's own parts say
 * @param nanoTime the monotonic clock
 * @param uptime since this host booted
 */
public record Sources(
        LastAnswer icmp,
        LastAnswer sip,
        LastAnswer link,
        List<LastAnswer> witnesses,
        Supplier<@Nullable PeerWord> word,
        Function<NodeState, Facts.Own> own,
        LongSupplier nanoTime,
        Supplier<Duration> uptime) {

    /** The latest answer of any witness. */
    OptionalLong witness() {
        return witnesses.stream()
                .map(LastAnswer::nanos)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                // Differences order monotonic readings; their values may wrap.
                .reduce((one, other) -> one - other >= 0 ? one : other);
    }
}
