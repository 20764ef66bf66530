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
 * @param shut whether SIP is to be closed by the firewall; calls in progress go on
 * @param giving how far it has come in giving telephony to its peer
 * @param standing what else it remembers
 */
public record State(
        ServiceState service,
        long epoch,
        boolean stepsDone,
        ServiceState beforeBoot,
        boolean shut,
        Giving giving,
        Standing standing) {

    /** A state with SIP open, nothing being given and nothing to remember. */
    public State(ServiceState service, long epoch, boolean stepsDone, ServiceState beforeBoot) {
        this(service, epoch, stepsDone, beforeBoot, false, Giving.NONE, Standing.CLEAR);
    }

    /** A node that has just been set up: the master serves, the slave stands by. */
    public static State initial(Role role) {
        boolean master = role == Role.MASTER;
        ServiceState service = master ? ServiceState.ACTIVE : ServiceState.STANDBY;
        // What runs on a master while it is set up keeps running; a slave still has services to stop.
        return new State(service, master ? 1 : 0, master, service);
    }

    /**
     * The same node after a reboot: it serves nothing until a rule says so, because the other node may have taken
     * over while this one was down. Its firewall is open, and what made it unable may be gone.
     */
    public State afterBoot() {
        return new State(ServiceState.STANDBY, epoch, false, service, false, Giving.NONE, standing.withUnable(false));
    }

    /** This state with what an operator has set. */
    public State with(Standing next) {
        return new State(service, epoch, stepsDone, beforeBoot, shut, giving, next);
    }

    /**
     * This state with other service, epoch, and steps still to do; nothing is being given. Who serves has SIP open; who
     * stops serving with SIP closed keeps it so until all has stopped.
     */
    public State moveTo(ServiceState next, long nextEpoch) {
        boolean stillShut = shut && next == ServiceState.STANDBY;
        return new State(next, nextEpoch, false, beforeBoot, stillShut, Giving.NONE, standing);
    }

    State with(Giving next) {
        return new State(service, epoch, stepsDone, beforeBoot, shut, next, standing);
    }

    State withShut(boolean now) {
        return new State(service, epoch, stepsDone, beforeBoot, now, giving, standing);
    }

    /** A standby remembers the newest epoch it has heard of, so that its own takeover begins a newer one. */
    State withEpochOf(@Nullable PeerWord word) {
        return word == null || word.epoch() <= epoch ? this : withEpoch(word.epoch());
    }

    private State withEpoch(long next) {
        return new State(service, next, stepsDone, beforeBoot, shut, giving, standing);
    }

    /** This state when all steps are complete. */
    public State withStepsDone() {
        return new State(service, epoch, true, beforeBoot, shut, giving, standing);
    }
}
