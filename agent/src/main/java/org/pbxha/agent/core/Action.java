// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** What a decision asks the effect side to do. Every action may be repeated and interrupted at any point. */
public sealed interface Action {
    /** The epoch to which the action belongs. */
    long epoch();

    /** Run the profile's start steps; a database replication that is being applied here is rolled back first. */
    record StartServices(long epoch) implements Action {}

    /** Run the profile's stop steps. */
    record StopServices(long epoch) implements Action {}
}
