// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.util.regex.Pattern;

/**
 * The file that gives {@link AmiWatch} its account: {@code manager.d/pbx-ha.conf}, owner root, group asterisk, mode 0640.
 * Asterisk takes it over at {@code manager reload}.
 *
 * <p>The rights are the fewest that do. {@code write = reporting} allows the actions CoreStatus and CoreSettings (Ping needs
 * none), and nothing that changes anything. {@code read = system} lets the event FullyBooted through, and the filter
 * nothing else.
 */
public final class AmiAccountFile {
    /** A semicolon would begin a comment, a line break another option. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]+");

    private static final int SHORTEST_SECRET = 32;

    private AmiAccountFile() {}

    /**
     * Renders the file.
     *
     * @param user letters, digits, - and _
     * @param secret the same letters, 32 or more: 32 random bytes in hexadecimal or URL-safe Base64
     */
    public static String render(String user, String secret) {
        if (!SAFE.matcher(user).matches()) {
            throw new IllegalArgumentException("the manager user " + user + " is not made of letters, digits, - and _");
        }
        if (!SAFE.matcher(secret).matches() || secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("the manager secret is not made of 32 or more letters, digits, - and _");
        }
        // A rule for 0.0.0.0/0 says nothing about IPv6, and what no rule matches is let in.
        return """
                ; Written by pbx-ha: with this account its agent watches Asterisk.
                [%s]
                secret = %s
                deny = 0.0.0.0/0
                deny = ::/0
                permit = 127.0.0.1/32
                read = system
                write = reporting
                eventfilter = Event: FullyBooted
                """.formatted(user, secret);
    }
}
