// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** What lies between the two nodes, and between each of them and the witness. Faults overlap, so cuts are counted. */
final class Network {
    private static final int[] RETRANSMISSIONS = {0, 200, 600};

    private final Random random;
    /** How often each way is cut, by the node that it leads away from. */
    private final Map<Way, int[]> cuts = new EnumMap<>(Way.class);

    private final int[] witnessCuts = new int[2];
    private double loss;
    private int delay;

    /** The ways from one node to the other. */
    enum Way {
        ICMP,
        SIP,
        LINK
    }

    Network(Random random) {
        this.random = random;
        for (Way way : Way.values()) {
            cuts.put(way, new int[2]);
        }
    }

    void cut(int from, Way way, int change) {
        of(way)[from] += change;
    }

    void cutAll(int from, int change) {
        for (Way way : Way.values()) {
            cut(from, way, change);
        }
    }

    void cutWitness(int node, int change) {
        witnessCuts[node] += change;
    }

    void lose(double share) {
        loss = share;
    }

    void delay(int most) {
        delay = most;
    }

    /** Whether the way is open there and back. */
    boolean open(Way way) {
        int[] both = of(way);
        return both[0] == 0 && both[1] == 0;
    }

    boolean witnessOpen(int node) {
        return witnessCuts[node] == 0;
    }

    /** Whether a node is cut off from everything. */
    boolean isolated(int node) {
        return !witnessOpen(node) && !open(Way.ICMP) && !open(Way.SIP) && !open(Way.LINK);
    }

    /** How long a question and its answer take, negative when one of them is lost. */
    int roundTrip(Way way) {
        return open(way) ? roundTrip() : -1;
    }

    int witnessRoundTrip(int node) {
        return witnessOpen(node) ? roundTrip() : -1;
    }

    private int roundTrip() {
        boolean there = !lost();
        boolean back = !lost();
        return there && back ? spread() : -1;
    }

    /**
     * How long a message over the peer link takes, negative when it does not arrive. TCP needs both directions and
     * repeats what was lost, within the limit of a request.
     */
    int message() {
        if (open(Way.LINK)) {
            for (int wait : RETRANSMISSIONS) {
                if (!lost()) {
                    return wait + spread();
                }
            }
        }
        return -1;
    }

    private int[] of(Way way) {
        return Objects.requireNonNull(cuts.get(way));
    }

    private boolean lost() {
        return loss > 0 && random.nextDouble() < loss;
    }

    private int spread() {
        return delay == 0 ? 0 : random.nextInt(delay);
    }
}
