// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the slave answers to a check.
 *
 * @param certificate the slave's certificate, PEM
 * @param fenceKey public half of the key of fencing
 * @param facts what it says of itself
 * @param checks what it has found, the way to the master among it
 * @param plan what it will do to itself, one line each
 */
record PairReply(
        String certificate, String fenceKey, @Nullable NodeFacts facts, List<Check> checks, List<String> plan) {
    /** Fills what is missing. */
    @SuppressWarnings("NullAway") // Jackson passes null for what is missing.
    PairReply {
        certificate = certificate == null ? "" : certificate;
        fenceKey = fenceKey == null ? "" : fenceKey;
        checks = checks == null ? List.of() : List.copyOf(checks);
        plan = plan == null ? List.of() : List.copyOf(plan);
    }
}
