// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import org.pbxha.agent.profile.Step;

/**
 * How one step went.
 *
 * @param ending what became of it
 * @param detail for people: what was done, or why not
 * @param fatal whether the steps after it were given up
 * @param took from its start to its end
 */
public record StepResult(Step step, Ending ending, String detail, boolean fatal, Duration took) {
    /** What became of a step. */
    public enum Ending {
        /** It changed something. */
        DONE,
        /** There was nothing to change. */
        ALREADY,
        /** This machine does not have what the step is about. */
        SKIPPED,
        /** It did not reach its end. */
        FAILED
    }
}
