// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;

/**
 * Tells when two nodes that were both active meet again. That is no rule of its own: the rules have the older one stand down.
 * It is what has to be said afterwards, because both may have taken calls and changes.
 *
 * <p>Two nodes that call themselves active while telephony goes from one to the other in good order, or by an operator's
 * force before the eyes of both, have not been apart: the change takes less than the silence limit, and is seen.
 */
public final class TwoActives {
    private TwoActives() {}

    /**
     * Whether this node, active, now hears that its peer is active too, and neither has seen the other become so. The node
     * that is to stand down sees it for certain, in the turn in which it does; the other one only when it hears its peer
     * before that.
     *
     * @param state this node before the decision
     */
    public static boolean meet(State state, Facts facts) {
        PeerWord word = facts.freshWord();
        if (word == null
                || word.service() != ServiceState.ACTIVE
                || state.service() != ServiceState.ACTIVE
                || !state.giving().is(Giving.Phase.NONE)) {
            return false;
        }
        // Who has offered telephony to this node, or shuts down, still calls itself active and serves nobody.
        return standsDown(state.epoch(), word.epoch(), facts.role())
                ? !facts.peer().stoodBy()
                : word.plea() == PeerWord.Plea.NONE && saidLongAfterTheMove(facts);
    }

    /** As the rules have it: the newer epoch stays, and of the same the slave's. */
    private static boolean standsDown(long own, long peers, Role role) {
        return peers > own || (peers == own && role == Role.MASTER);
    }

    /** A word from just before this node began to serve may come late. */
    private static boolean saidLongAfterTheMove(Facts facts) {
        Duration later = facts.times().inPhase().minus(facts.peer().linkSilence());
        return later.compareTo(facts.limits().silence()) >= 0;
    }
}
