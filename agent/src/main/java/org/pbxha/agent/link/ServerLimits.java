// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.time.Duration;

/**
 * How long the peer server waits for a caller.
 *
 * @param idle for the TLS handshake and the first byte of a request, and between two requests
 * @param header for the rest of the request's head
 * @param text for the whole of a small body
 * @param stall for the next piece of a stream
 * @param grace for the caller to take its answer, or to notice that the rest of its stream is not wanted
 */
record ServerLimits(Duration idle, Duration header, Duration text, Duration stall, Duration grace) {
    static final ServerLimits NORMAL = new ServerLimits(
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120));
}
