// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.List;
import org.pbxha.agent.effect.StepResult.Ending;

/**
 * How a run of steps went.
 *
 * @param results one for each step that was begun and came to an end, in order
 * @param interrupted whether the run was called off; the steps without a result are not reached
 */
public record StepReport(List<StepResult> results, boolean interrupted) {
    public StepReport {
        results = List.copyOf(results);
    }

    /** Whether all that is required was reached: the service state is what the steps lead to. */
    public boolean complete() {
        return !interrupted && results.stream().noneMatch(StepResult::fatal);
    }

    /** The steps that failed, required or not. */
    public List<StepResult> failures() {
        return results.stream()
                .filter(result -> result.ending() == Ending.FAILED)
                .toList();
    }
}
