// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import java.time.Duration;
import org.pbxha.agent.effect.hooks.HookFacts;

/** One way to make sure that the master serves no more. */
interface FenceMethod {
    /** As the configuration names it. */
    String name();

    /**
     * Fences; returns only when it is confirmed that the master serves no more. May be repeated.
     *
     * @param limit within which it ends, its children with it
     * @return what was confirmed, a few words
     * @throws FenceException when it is not confirmed, whatever was done
     */
    String fence(HookFacts facts, Duration limit) throws FenceException, InterruptedException;

    /**
     * Finds out as far as can be whether {@link #fence} would work now, and moves nothing.
     *
     * @return what was found, a few words
     * @throws FenceException when it would not work
     */
    String check(Duration limit) throws FenceException, InterruptedException;
}
