// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time for code that waits, so that a test need not. */
public interface Pace {
    /** The time of this machine. */
    Pace REAL = new Pace() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    };

    /** As {@link System#nanoTime}. */
    long nanoTime();

    /** Waits. */
    void pause(Duration time) throws InterruptedException;
}
