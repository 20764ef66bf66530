// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import org.jspecify.annotations.Nullable;

/**
 * What a node must not forget, and all that {@link RuleTable#decide} may change.
 *
 * @param service whether this node serves telephony
 * @param epoch number of the last known change of the active node; grows, and the newer one wins when two
 *     actives meet
 * @param stepsDone whether the profile's start steps (active) or stop steps (standby) are complete
 * @param beforeBoot service state in which this node was when it last went down
 */
public record State(ServiceState service, long epoch, boolean stepsDone, ServiceState beforeBoot) {
    /** A node that has just been set up: the master serves, the slave stands by. */
    public static State initial(Role role) {
        boolean master = role == Role.MASTER;
        ServiceState service = master ? ServiceState.ACTIVE : ServiceState.STANDBY;
        // What runs on a master while it is set up keeps running; a slave still has services to stop.
        return new State(service, master ? 1 : 0, master, service);
    }

    /**
     * The same node after a reboot: it serves nothing until a rule says so, because the other node may have taken
     * over while this one was down.
     */
    public State afterBoot() {
        return new State(ServiceState.STANDBY, epoch, false, service);
    }

    /** This state with other service, epoch, and steps still to do. */
    State moveTo(ServiceState next, long nextEpoch) {
        return new State(next, nextEpoch, false, beforeBoot);
    }

    /** A standby remembers the newest epoch it has heard of, so that its own takeover begins a newer one. */
    State withEpochOf(@Nullable PeerWord word) {
        return word == null || word.epoch() <= epoch ? this : new State(service, word.epoch(), stepsDone, beforeBoot);
    }

    State withStepsDone() {
        return new State(service, epoch, true, beforeBoot);
    }
}
