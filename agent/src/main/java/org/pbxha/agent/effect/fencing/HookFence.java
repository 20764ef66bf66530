// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import java.time.Duration;
import java.util.Optional;
import org.pbxha.agent.effect.hooks.HookEvent;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.agent.effect.hooks.HookRunner;

/**
 * Runs the administrator's programs of the directory {@code fence}: only when all of them end with exit code 0 the master is
 * fenced, as a machine with two power supplies needs it.
 *
 * @param hooks runs them
 */
record HookFence(HookRunner hooks) implements FenceMethod {
    @Override
    public String name() {
        return "hook";
    }

    @Override
    public String fence(HookFacts facts, Duration limit) throws FenceException, InterruptedException {
        Optional<String> failure = hooks.runAll(HookEvent.FENCE, facts, limit);
        if (failure.isPresent()) {
            throw new FenceException(failure.get());
        }
        return "every program confirms it";
    }

    /** A program that fences may know nothing of a test, so none is run. */
    @Override
    public String check(Duration limit) throws FenceException {
        Optional<String> problem = hooks.whyNotRunnable(HookEvent.FENCE);
        if (problem.isPresent()) {
            throw new FenceException(problem.get());
        }
        return "the programs can be run; whether they work, only a fence can tell";
    }
}
