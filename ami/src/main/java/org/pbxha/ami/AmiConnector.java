// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

/** Makes connections to the manager interface. */
interface AmiConnector {
    /** Connects and logs in, on a connection of its own. Bounded in time. */
    AmiSession connect() throws AmiException;
}
