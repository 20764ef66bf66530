// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.time.Duration;
import org.pbxha.lab.Node;

/** How long callers have nobody to talk to. */
final class Takeover {
    private Takeover() {}

    /** Cuts the master's power; seconds from then to the slave's first SIP answer, the cutting itself included. */
    static double seconds(Node master, Node slave, Duration limit) {
        if (slave.answersSip()) {
            throw new IllegalStateException("the slave answers SIP already: there is nothing to measure");
        }
        long start = System.nanoTime();
        master.powerOff();
        slave.awaitSipAnswer(limit);
        return (System.nanoTime() - start) / 1e9;
    }
}
