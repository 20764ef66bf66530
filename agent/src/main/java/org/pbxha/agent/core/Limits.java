// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;

/**
 * The configured times that rules compare with.
 *
 * @param silence how long a probe must be silent before its silence counts
 * @param holdDown how long a returned master must be healthy before it gets its telephony back
 * @param masterWait how long a standby master waits for a word of its slave before it serves
 * @param bootWait how long a freshly booted slave gives its master to appear
 */
public record Limits(Duration silence, Duration holdDown, Duration masterWait, Duration bootWait) {
    /**
     * How long a witness must be silent before its silence counts: half as long. When this node's cable is cut, all answers
     * end within one interval; were the limits the same, the probe whose last answer came last would fall silent last,
     * and if that was the witness, the master would look dead for a moment.
     */
    public Duration witnessSilence() {
        return silence.dividedBy(2);
    }
}
