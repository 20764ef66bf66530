// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import org.jspecify.annotations.Nullable;

/**
 * What an agent says of the Asterisk on its own node. What is missing in the JSON reads as "not serving".
 *
 * @param serving whether it answers SIP as a phone sees it
 * @param fullyBooted whether it has loaded all of its modules
 * @param calls calls in progress
 * @param version its version, empty when unknown
 * @param problem what is wrong and cannot be repaired there, null when nothing is
 */
public record AsteriskReport(
        boolean serving,
        boolean fullyBooted,
        int calls,
        String version,
        @Nullable String problem) {
    /** Nothing is known. */
    public static final AsteriskReport UNKNOWN = new AsteriskReport(false, false, 0, "", null);

    /** Fills what is missing. */
    @SuppressWarnings("NullAway") // Jackson passes null for a missing string.
    public AsteriskReport {
        version = version == null ? "" : version;
    }
}
