// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

/** What an active node does that hears neither its peer nor a witness. */
public enum IsolationPolicy {
    /** Close SIP, later stop serving. */
    STOP,
    /** Serve on. */
    KEEP_SERVING
}
