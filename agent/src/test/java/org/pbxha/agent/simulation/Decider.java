// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.State;

/** What decides in this world: the rule table, or in a test of the simulation itself something worse. */
@FunctionalInterface
interface Decider {
    Decision apply(State state, Facts facts);
}
