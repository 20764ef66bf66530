// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

/** Invariant 2. */
final class NeverNoneForLong extends Invariant {
    /** The longest row of waits: a repair that fails, a boot wait, the wait for a frozen peer, and a start. */
    static final long BOUND = 60_000;

    private final long[] able = new long[2];
    private long none;

    @Override
    String sentence() {
        return "While a node is able to serve, has not been fenced, and nothing new happens, phones are never without an answer for longer than "
                + BOUND + " ms.";
    }

    @Override
    void looked(World world) {
        boolean answered = false;
        for (Host host : world.hosts) {
            answered |= host.answersSip() && world.network.witnessOpen(host.index);
        }
        none = answered ? 0 : none + World.LOOK;
        for (Host host : world.hosts) {
            able[host.index] = isAble(host) ? able[host.index] + World.LOOK : 0;
            long waited = Math.min(Math.min(none, able[host.index]), world.time.now() - world.tally.disturbedAt);
            world.tally.longestNone = Math.max(world.tally.longestNone, waited);
            if (waited > BOUND) {
                throw broken(world, "nobody answers SIP and the " + host.role + " could");
            }
        }
    }

    private static boolean isAble(Host host) {
        Host peer = host.peer();
        return host.agentAwake()
                && host.cannotStart == 0
                && host.notReady == 0
                && host.hooksObject == 0
                && !host.leaving
                && !host.isPaused()
                && !host.isManual()
                && !(peer.isPowered() && (peer.isPaused() || peer.isManual()))
                && !host.disk.state().standing().unable()
                && !(host.disk.state().standing().fenced() && !host.world.inContact())
                && host.world.network.witnessOpen(host.index);
    }
}
