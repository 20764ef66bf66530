// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.jobs.JobOutcome;

/**
 * Tests every method, so that an administrator knows at noon what is needed at night; nothing is fenced.
 *
 * @param methods all of them: the second is needed when the first fails
 * @param limit of each
 */
record FenceChecks(List<FenceMethod> methods, Duration limit) implements Supplier<JobOutcome> {
    @Override
    public JobOutcome get() {
        List<String> said = new ArrayList<>();
        int exitCode = ExitCode.OK;
        for (FenceMethod method : methods) {
            try {
                said.add(method.name() + " is ready: " + method.check(limit));
            } catch (FenceException e) {
                exitCode = ExitCode.FAILED;
                said.add(method.name() + " is NOT READY: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new JobOutcome(ExitCode.FAILED, "fencing was not checked: the agent is stopping");
            }
        }
        return new JobOutcome(exitCode, String.join("; ", said));
    }
}
