// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.time.Duration;

/**
 * Tells when the peer wrote a report. A request of the peer may wait in this host's kernel for as long as this host is
 * frozen, and after that it must not pass for news: the peer may have taken over since. Its uptime, compared with that of
 * its last prompt answer, tells its age.
 */
final class PeerClock {
    private static final Duration PROMPT = Duration.ofMillis(500);

    private String bootId = "";
    /** This host's monotonic clock when the peer's uptime was zero, at most as much too late as a prompt answer takes. */
    private long zeroNanos;

    /** Learns from an answer to a question of this node. */
    synchronized void read(AgentReport answer, long askedNanos, long answeredNanos) {
        Duration uptime = answer.uptime();
        if (uptime != null && answeredNanos - askedNanos <= PROMPT.toNanos()) {
            bootId = answer.bootId();
            zeroNanos = answeredNanos - uptime.toNanos();
        }
    }

    /** When a report was written, by this host's monotonic clock; now, when that cannot be told. */
    synchronized long writtenAt(AgentReport report, long nowNanos) {
        Duration uptime = report.uptime();
        if (uptime == null || !report.bootId().equals(bootId)) {
            return nowNanos;
        }
        long written = zeroNanos + uptime.toNanos();
        return written - nowNanos < 0 ? written : nowNanos;
    }
}
