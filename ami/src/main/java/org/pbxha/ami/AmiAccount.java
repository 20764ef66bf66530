// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.util.Objects;

/**
 * Where and as whom to log in to Asterisk's manager interface.
 *
 * @param host an address or name; the agent uses 127.0.0.1, the only one {@link AmiAccountFile} lets in
 * @param port TCP port, 5038 unless the administrator moved it
 * @param user section name in {@code manager.d}
 * @param secret its secret; never part of a message or of {@link #toString()}
 */
public record AmiAccount(String host, int port, String user, String secret) {
    public AmiAccount {
        Objects.requireNonNull(host);
        Objects.requireNonNull(user);
        Objects.requireNonNull(secret);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("manager port " + port + " is not between 1 and 65535");
        }
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
