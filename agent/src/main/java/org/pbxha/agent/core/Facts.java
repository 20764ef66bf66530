// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything one decision may rest on, read once. Silences count from the last answer, or from the agent's start
 * when there was none; all durations are monotonic.
 *
 * @param role what this node is configured to be
 * @param icmpSilence since the peer last answered ping
 * @param sipSilence since the peer last answered SIP OPTIONS
 * @param linkSilence since the peer's agent was last heard on the peer link
 * @param witnessSilence since any witness last answered ping
 * @param peerHeard whether any probe has reached the peer since this agent started
 * @param peerHealthy how long the peer's agent has been reporting without a gap that it is ready to serve
 * @param word the peer agent's last word, null when there was none
 * @param sinceStart since this agent started
 * @param sinceBoot since this host booted
 * @param steps where the run of the profile's steps stands
 * @param limits the configured times
 */
public record Facts(
        Role role,
        Duration icmpSilence,
        Duration sipSilence,
        Duration linkSilence,
        Duration witnessSilence,
        boolean peerHeard,
        Duration peerHealthy,
        @Nullable PeerWord word,
        Duration sinceStart,
        Duration sinceBoot,
        StepsProgress steps,
        Limits limits) {

    boolean silent(Duration silence) {
        return silence.compareTo(limits.silence()) >= 0;
    }

    /** Whether no probe has reached the peer within the silence limit. */
    public boolean silentOnEveryProbe() {
        return silent(icmpSilence) && silent(sipSilence) && silent(linkSilence);
    }

    /** The peer's word while it is fresh; a word older than the silence limit is nobody's word. */
    @Nullable
    PeerWord freshWord() {
        return silent(linkSilence) ? null : word;
    }
}
