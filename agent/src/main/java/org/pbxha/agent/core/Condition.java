// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.util.function.BiPredicate;

/**
 * A named test of state and facts.
 *
 * @param words the condition as people read it in docs/state-machine.md
 * @param test the test
 */
record Condition(String words, BiPredicate<State, Facts> test) {
    boolean holds(State state, Facts facts) {
        return test.test(state, facts);
    }

    static Condition not(Condition condition) {
        return new Condition("not: " + condition.words, condition.test.negate());
    }
}
