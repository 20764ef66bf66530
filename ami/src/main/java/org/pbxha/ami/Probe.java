// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

/**
 * One independent way to observe. A probe works on a thread of its own, so that a hung one holds up nobody; reading it never
 * blocks.
 */
public interface Probe extends AutoCloseable {
    /** Which way, and what it looks at: "sip 10.0.0.1:5060". */
    String name();

    /** Starts probing; once. */
    void start();

    /** What the probe last learned. */
    ProbeReading reading();

    /** Stops probing. */
    @Override
    void close();
}
