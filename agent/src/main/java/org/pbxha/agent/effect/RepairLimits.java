// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;

/**
 * How much repair is worth trying.
 *
 * @param tries until they are forgotten
 * @param budget for all tries of one run; callers wait that long at most
 * @param health for how long Asterisk must serve without interruption until tries are forgotten
 */
public record RepairLimits(int tries, Duration budget, Duration health) {
    /** Two tries in 8 s, forgotten after 10 min. */
    public static final RepairLimits DEFAULT = new RepairLimits(2, Duration.ofSeconds(8), Duration.ofMinutes(10));

    public RepairLimits {
        if (tries < 1 || budget.compareTo(Duration.ofSeconds(1)) < 0 || health.isNegative()) {
            throw new IllegalArgumentException("no try, or no time for one: " + tries + ", " + budget + ", " + health);
        }
    }
}
