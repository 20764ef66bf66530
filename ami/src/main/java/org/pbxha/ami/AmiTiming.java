// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.time.Duration;

/**
 * The times an {@link AmiWatch} works with.
 *
 * @param connect for the TCP connection
 * @param login for each answer while logging in; Asterisk takes a second to say that it refuses an account
 * @param response for an answer to any other action
 * @param read longest silence on the connection; pings keep it busy, so more than a few of them missed means that it is dead
 * @param pingInterval from one ping to the next
 * @param callsInterval from one count of the calls to the next
 * @param retry before a lost connection is made again, see {@link LoginRetry}
 */
record AmiTiming(
        Duration connect,
        Duration login,
        Duration response,
        Duration read,
        Duration pingInterval,
        Duration callsInterval,
        Duration retry) {
    static final AmiTiming DEFAULT = new AmiTiming(
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1));
}
