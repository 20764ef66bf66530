// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;

/**
 * How much repair is worth trying.
 *
 * @param tries until they are forgotten
 * @param budget for all tries of one run; callers wait that long at most
 * @param again after how long without any try left there is one more
 * @param health for how long Asterisk must serve without interruption until tries are forgotten
 */
public record RepairLimits(int tries, Duration budget, Duration again, Duration health) {
    /** Two tries in 8 s, one more each minute, forgotten after 10 min of service. */
    public static final RepairLimits DEFAULT =
            new RepairLimits(2, Duration.ofSeconds(8), Duration.ofMinutes(1), Duration.ofMinutes(10));

    public RepairLimits {
        if (tries < 1 || budget.compareTo(Duration.ofSeconds(1)) < 0 || health.isNegative()) {
            throw new IllegalArgumentException("no try, or no time for one: " + tries + ", " + budget + ", " + health);
        }
    }
}
