// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

/**
 * One login to the manager interface, from connect to disconnect; never used again after that. Each call is bounded by the
 * response time-out and fails with {@link AmiException}.
 */
interface AmiSession extends AutoCloseable {
    /** Whether Asterisk has said on this connection that it is fully booted. Does not ask. */
    boolean fullyBooted();

    /** Returns when Asterisk has answered. */
    void ping() throws AmiException;

    /** The version as Asterisk names itself. */
    String version() throws AmiException;

    /** Calls in progress. */
    int activeCalls() throws AmiException;

    /** Ends the connection; bounded by the response time-out, safe on a broken one. */
    @Override
    void close();
}
