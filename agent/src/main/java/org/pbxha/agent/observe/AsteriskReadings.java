// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pbxha.ami.AsteriskReport;
import org.pbxha.ami.ProbeReading;

/**
 * What all layers know about this node's Asterisk at one moment.
 *
 * @param unit systemd's last word, null before the first
 * @param control the control socket
 * @param manager the manager interface
 * @param sip SIP to itself
 * @param watchedSince {@link System#nanoTime()} of the start of the watch
 * @param now {@link System#nanoTime()} of this moment, not before any of the readings
 */
record AsteriskReadings(
        @Nullable UnitReading unit,
        ControlReading control,
        AsteriskReport manager,
        ProbeReading sip,
        long watchedSince,
        long now) {

    /** How long SIP has been silent; from the start of the watch when it never answered. */
    Duration sipSilence() {
        return since(sip.aliveAt());
    }

    /** How long pings by the manager interface have been unanswered, counted in the same way. */
    Duration managerSilence() {
        return since(manager.pingAnsweredAt());
    }

    /** Whether this very process has answered a ping: one that never did may simply not let us in. */
    boolean managerOnceAnswered() {
        OptionalLong started = unit == null ? OptionalLong.empty() : unit.startedAt();
        return manager.pingAnsweredAt().isPresent()
                && (started.isEmpty() || manager.pingAnsweredAt().getAsLong() - started.getAsLong() > 0);
    }

    /** How old the process is; empty when nobody knows. */
    OptionalLong processAgeNanos() {
        UnitReading known = unit;
        return known == null || known.startedAt().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(now - known.startedAt().getAsLong());
    }

    private Duration since(OptionalLong answer) {
        return Duration.ofNanos(now - answer.orElse(watchedSince));
    }
}
