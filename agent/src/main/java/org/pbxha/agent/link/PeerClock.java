// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.time.Duration;

/**
 * Tells when the peer wrote a report. A request of the peer may wait in a cut network, or in this host's kernel for as long
 * as this host is frozen, and after that it must not pass for news: the peer may have taken over since. Its uptime, compared
 * with that of its last prompt answer, tells its age.
 */
final class PeerClock {
    private static final Duration PROMPT = Duration.ofMillis(500);

    /** An uptime counts hundredths of a second, and requests take their time. */
    private static final Duration USUAL_DELAY = Duration.ofMillis(50);

    /** How much the clocks of two hosts drift apart at most while NTP corrects both: 1 ms a second. */
    private static final int DRIFT = 1000;

    private String bootId = "";
    /** This host's monotonic clock when the peer's uptime was zero, at most as much too late as a prompt answer takes. */
    private long zeroNanos;

    private long learnedNanos;

    /** Learns from an answer to a question of this node. */
    synchronized void read(AgentReport answer, long askedNanos, long answeredNanos) {
        Duration uptime = answer.uptime();
        if (uptime != null && answeredNanos - askedNanos <= PROMPT.toNanos()) {
            bootId = answer.bootId();
            zeroNanos = answeredNanos - uptime.toNanos();
            learnedNanos = answeredNanos;
        }
    }

    /**
     * When a report was written, by this host's monotonic clock; now, when that cannot be told. A link on which this node
     * gets no answers for hours is still a voice: the longer ago the last one, the older a report must be to count as old.
     */
    synchronized long writtenAt(AgentReport report, long nowNanos) {
        Duration uptime = report.uptime();
        if (uptime == null || !report.bootId().equals(bootId)) {
            return nowNanos;
        }
        long written = zeroNanos + uptime.toNanos();
        long doubt = USUAL_DELAY.toNanos() + (nowNanos - learnedNanos) / DRIFT;
        return nowNanos - written > doubt ? written : nowNanos;
    }
}
