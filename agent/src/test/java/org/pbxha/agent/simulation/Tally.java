// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

/** What is counted while a world runs. */
final class Tally {
    long cycles;
    /** Faults that began or ended, and orders. */
    int disturbances;
    /** How often a node became active. */
    int moves;
    /** How often SIP was decided to be closed because a node was cut off or had slept. */
    int closings;
    /** How often a node told that it had met another active one. */
    int meetings;
    /** When a fault last began or ended, or an order was given. */
    long disturbedAt;
    /** The longest times seen, for the choice of bounds. */
    long longestTwo;

    long longestNone;

    void add(Tally other) {
        cycles += other.cycles;
        disturbances += other.disturbances;
        moves += other.moves;
        closings += other.closings;
        meetings += other.meetings;
        longestTwo = Math.max(longestTwo, other.longestTwo);
        longestNone = Math.max(longestNone, other.longestNone);
    }
}
