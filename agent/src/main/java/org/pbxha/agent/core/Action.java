// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

/** What a decision asks the effect side to do. Every action may be repeated and interrupted at any point. */
public sealed interface Action {
    /** Run the profile's start steps; a database replication that is being applied here is rolled back first. */
    record StartServices(long epoch) implements Action {}

    /** Run the profile's stop steps. */
    record StopServices(long epoch) implements Action {}

    /** Have the firewall drop SIP, or no longer. */
    record ShutSip(boolean shut) implements Action {}

    /** Restart the local Asterisk. */
    record RepairAsterisk() implements Action {}

    /** Hang up every call of this node. */
    record HangUp() implements Action {}

    /** Bring the data of this phase of giving over. */
    record BringData(Giving.Phase phase) implements Action {}

    /** Ask the hooks whether they object to a takeover. */
    record AskHooks() implements Action {}

    /** Make sure that the peer serves no more. */
    record FencePeer() implements Action {}

    /** Take the mark away by which the peer has fenced this node: it is remembered in the state now. */
    record ClearFenceMark() implements Action {}
}
