// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.time.Duration;

/**
 * How long an upload may stand still.
 *
 * @param connect for the question whether the peer takes the stream, and again for connecting
 * @param stall for one piece of the stream to leave
 * @param answer from the end of the stream to the peer's answer
 */
public record StreamLimits(Duration connect, Duration stall, Duration answer) {}
