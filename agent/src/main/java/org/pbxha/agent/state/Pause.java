// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import java.time.Instant;

/**
 * How long an operator wants nothing to move. By the wall clock, as an operator means it: "until two o'clock" is not
 * to last longer because the host was rebooted.
 *
 * @param until end, {@link Instant#MAX} for until it is resumed, {@link Instant#MIN} for none
 */
public record Pause(Instant until) {
    /** Not paused. */
    public static final Pause NONE = new Pause(Instant.MIN);

    /** Until it is resumed. */
    public static final Pause OPEN_ENDED = new Pause(Instant.MAX);

    /** Whether it lasts at this time. */
    public boolean at(Instant now) {
        return now.isBefore(until);
    }

    /** As the state file has it: empty, {@code ever}, or an instant. */
    String text() {
        return equals(NONE) ? "" : equals(OPEN_ENDED) ? "ever" : until.toString();
    }

    /** Reads {@link #text()}. */
    static Pause parse(String text) {
        return switch (text) {
            case "" -> NONE;
            case "ever" -> OPEN_ENDED;
            default -> new Pause(Instant.parse(text));
        };
    }
}
