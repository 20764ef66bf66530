// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** What a rule does to the state. */
public enum Outcome {
    /** Nothing moves. */
    STAY("stay"),
    /** Serve without the peer's consent: a new epoch begins. */
    TAKE_OVER("take over"),
    /** Serve because the peer has stood down: a new epoch begins. */
    OPEN("open"),
    /** Serve again in the epoch this node already had: whoever took over meanwhile has a newer one. */
    RESUME("resume"),
    /** Stop serving. */
    STAND_DOWN("stand down");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** The outcome as people write it. */
    public String words() {
        return words;
    }

    State apply(State state, Facts facts) {
        return switch (this) {
            case STAY -> state;
            case TAKE_OVER, OPEN -> state.moveTo(ServiceState.ACTIVE, newestEpoch(state, facts) + 1);
            case RESUME -> state.moveTo(ServiceState.ACTIVE, state.epoch());
            case STAND_DOWN -> state.moveTo(ServiceState.STANDBY, newestEpoch(state, facts));
        };
    }

    private static long newestEpoch(State state, Facts facts) {
        PeerWord word = facts.word();
        return word == null ? state.epoch() : Math.max(state.epoch(), word.epoch());
    }
}
