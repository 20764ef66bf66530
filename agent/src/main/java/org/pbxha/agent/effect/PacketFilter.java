// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

/** One way to drop this node's SIP in the kernel. What it makes is all its own: other people's rules are never touched. */
interface PacketFilter {
    /** How much of what is ours the kernel holds. */
    enum Trace {
        /** Nothing. */
        NONE,
        /** Something, not all: somebody else changed it, or a change in two parts was interrupted. */
        SOME,
        /** All. */
        ALL
    }

    /** Whether this machine has the programs now. */
    boolean installed();

    /** Drops SIP; also when it is dropped already. */
    void close(ShutterCalls calls) throws ShutterException, InterruptedException;

    /** Removes all that is ours; also when there is nothing. */
    void open(ShutterCalls calls) throws ShutterException, InterruptedException;

    /** Looks at the kernel. */
    Trace look(ShutterCalls calls) throws ShutterException, InterruptedException;
}
