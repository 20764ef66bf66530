// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** What a decision asks the effect side to do. Every action may be repeated and interrupted at any point. */
public sealed interface Action {
    /** Run the profile's start steps; aborts a database replication that is being applied here. */
    record StartServices() implements Action {}

    /** Run the profile's stop steps. */
    record StopServices() implements Action {}
}
