// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;

/**
 * The configured times that rules compare with, and the policies that they follow.
 *
 * @param silence how long a probe must be silent before its silence counts
 * @param unfenced how long a master that could not be fenced is waited for before the slave takes over: one whose host
 *     answers ping and nothing else, or whose fencing failed
 * @param fenceRequired whether a silent master is not taken over from unless it has been fenced
 * @param isolation what a node does that serves and sees nobody
 * @param failback how telephony comes home
 * @param boot how long a freshly booted node waits
 */
public record Limits(
        Duration silence, Duration unfenced, boolean fenceRequired, Isolation isolation, Failback failback, Boot boot) {
    /**
     * What an active node does that hears neither its peer nor a witness.
     *
     * @param after how long they are silent before it closes SIP; shorter than {@code silence}, so that it is closed when
     *     the other node takes over
     * @param stopAfter how long after that it stands down
     * @param keepServing whether it does neither
     */
    public record Isolation(Duration after, Duration stopAfter, boolean keepServing) {}

    /**
     * How telephony comes home from the slave.
     *
     * @param policy when
     * @param holdDown how long a returned master must be healthy before it gets its telephony back; doubled for every
     *     further takeover without a quiet time between them
     * @param drain how long an idle moment is awaited before that raises an alarm
     * @param quiet how long a node must have stood by for its takeovers to be forgotten
     */
    public record Failback(Policy policy, Duration holdDown, Duration drain, Duration quiet) {
        private static final int MOST_DOUBLINGS = 5;

        Duration holdDownAfter(int takeovers) {
            int doublings = Math.min(Math.max(takeovers - 1, 0), MOST_DOUBLINGS);
            return holdDown.multipliedBy(1L << doublings);
        }
    }

    /** When telephony comes home. */
    public enum Policy {
        /** At an idle moment after the hold-down. */
        AUTOMATIC,
        /** When an operator says so. */
        MANUAL,
        /** After the hold-down, calls or not. */
        IMMEDIATE
    }

    /**
     * How long a freshly booted node waits.
     *
     * @param master a standby master for a word of its slave before it serves
     * @param slave a slave for its master to appear
     */
    public record Boot(Duration master, Duration slave) {}

    /** How much earlier than the witness the peer may have fallen silent to have been cut off with it. */
    static final Duration TOGETHER = Duration.ofMinutes(1);

    /** How long the peer has to serve what it was offered, or SIP to be closed, before the giver serves on. */
    static final Duration CONFIRM = Duration.ofSeconds(15);

    /** For how long calls that may be cut are hung up, also those that nobody has counted yet. */
    static final Duration HANG_UP = Duration.ofSeconds(1);

    /**
     * How long a witness must be silent before its silence counts: half as long. When this node's cable is cut, all answers
     * end within one interval; were the limits the same, the probe whose last answer came last would fall silent last,
     * and if that was the witness, the master would look dead for a moment.
     */
    public Duration witnessSilence() {
        return silence.dividedBy(2);
    }
}
