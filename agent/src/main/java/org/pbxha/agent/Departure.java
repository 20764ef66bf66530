// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.Systemctl;

/**
 * A host that shuts down in good order. Telephony units are ordered after the agent's, so systemd has stopped them when it
 * ends the agent, and the agent's last word may be that its peer is to serve.
 */
final class Departure {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 100;

    private volatile boolean underWay;

    /** Whether the whole host goes, and not the agent alone. */
    boolean begins() throws InterruptedException {
        underWay = new Systemctl(ProgramRunner.REAL).hostIsStopping();
        return underWay;
    }

    boolean underWay() {
        return underWay;
    }

    /** Tells the peer when SIP is no longer answered here, and gives up after a while: the peer notices the silence too. */
    void tell(BooleanSupplier serving, Runnable word) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (serving.getAsBoolean() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        word.run();
    }
}
