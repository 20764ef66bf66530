// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.pbxha.agent.link.PeerRefusal;

/**
 * The time in which a code is taken, and the tries that are left. It lives as long as {@code pbx-ha setup slave} runs; a new
 * run means a new code. Time is monotonic, so a clock that is set does not lengthen it.
 */
final class PairingWindow {
    static final Duration OPEN_FOR = Duration.ofMinutes(15);
    static final int TRIES = 5;

    private static final int UNPROCESSABLE = 422;
    private static final int GONE = 410;
    private static final String AGAIN = "Run `pbx-ha setup slave` again on the slave for a new code.";

    private final byte[] secret;
    private final LongSupplier nanoTime;
    private final long opened;
    private int triesLeft = TRIES;

    PairingWindow(PairingCode code, LongSupplier nanoTime) {
        this.secret = code.secret().getBytes(US_ASCII);
        this.nanoTime = nanoTime;
        this.opened = nanoTime.getAsLong();
    }

    /** Time that is left, zero when the window is shut, by time or by tries. */
    synchronized Duration left() {
        Duration left = OPEN_FOR.minusNanos(nanoTime.getAsLong() - opened);
        return usedUp() || left.isNegative() ? Duration.ZERO : left;
    }

    synchronized boolean usedUp() {
        return triesLeft == 0;
    }

    /** Takes the right secret as often as it comes; a wrong one costs a try. */
    synchronized void require(String presented) throws PeerRefusal {
        if (usedUp()) {
            throw new PeerRefusal(GONE, "the slave takes no code any more: " + TRIES + " wrong ones were tried", AGAIN);
        }
        if (left().isZero()) {
            String sentence = "the code has expired: it was good for " + OPEN_FOR.toMinutes() + " minutes";
            throw new PeerRefusal(GONE, sentence, AGAIN);
        }
        // Equal time for every wrong guess.
        if (!MessageDigest.isEqual(secret, presented.getBytes(US_ASCII))) {
            triesLeft--;
            String sentence = "this is not the slave's current code (" + triesLeft + " tries left)";
            throw new PeerRefusal(UNPROCESSABLE, sentence, "Type the code that `pbx-ha setup slave` shows there now.");
        }
    }
}
