// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.time.Duration;

/** How long to wait before the next login: with a first delay of 1 s that is 1, 2, 4, 8, 15, 15... s. */
final class LoginRetry {
    private static final int LONGEST = 15;
    /** Asterisk logs each refused account, and fail2ban counts those lines. */
    private static final int AFTER_BAD_ACCOUNT = 30;

    private final Duration first;
    private Duration next;

    LoginRetry(Duration first) {
        this.first = first;
        this.next = first;
    }

    /** A ping was answered: the next trouble is a new one. */
    void reset() {
        next = first;
    }

    Duration after(AmiException.Kind kind) {
        return switch (kind) {
            case ACCOUNT -> first.multipliedBy(AFTER_BAD_ACCOUNT);
            // A refused connection costs Asterisk nothing, and after a takeover it is the first to know that it
            // listens.
            case REFUSED -> first;
            case TIMEOUT, LOST -> grow();
        };
    }

    private Duration grow() {
        Duration delay = next;
        Duration doubled = next.multipliedBy(2);
        Duration longest = first.multipliedBy(LONGEST);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return delay;
    }
}
