// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.util.OptionalLong;

/** When something last answered. */
@FunctionalInterface
public interface LastAnswer {
    /** Monotonic nanoseconds ({@link System#nanoTime()}) of the last answer, empty when there was none yet. */
    OptionalLong nanos();
}
