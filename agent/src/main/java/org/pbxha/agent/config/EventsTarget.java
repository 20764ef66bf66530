// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reporting database, as pgjdbc writes it.
 *
 * @param url without user and password; empty when events are not shipped
 */
record EventsTarget(Optional<String> url) {
    private static final String FORM = "jdbc:postgresql://HOST:PORT/DATABASE";
    private static final Pattern URL =
            Pattern.compile("jdbc:postgresql://(?<hosts>[^/?\\s]+)/(?<name>[^/?&\\s]+)(\\?(?<parameters>[^?\\s]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>\\d{1,5}))?");
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String USUAL_PORT = "5432";

    /** What says how the target is found and made sure of. Others of pgjdbc name classes to load, or files with secrets. */
    private static final List<String> PARAMETERS = List.of(
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslNegotiation",
            "channelBinding",
            "currentSchema",
            "targetServerType");

    private static final Set<String> CREDENTIALS = Set.of("user", "password", "sslpassword");

    /** The type of the option. */
    static final ValueType<EventsTarget> TYPE = new ValueType.Single<>(
            "`" + FORM + "`, with the parameters `" + String.join("`, `", PARAMETERS) + "`; or empty",
            EventsTarget::parse,
            target -> target.url().orElse(""));

    private static EventsTarget parse(String text) throws BadValueException {
        if (text.isEmpty()) {
            return new EventsTarget(Optional.empty());
        }
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new BadValueException("must be " + FORM, "more follows as ?sslmode=verify-full&...");
        }
        if (url.group("hosts").contains("@")) {
            throw withCredentials("a user or password");
        }
        for (String host : url.group("hosts").split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                throw new BadValueException("names a host that is none", "write HOST or HOST:PORT, IPv6 in brackets");
            }
        }
        String parameters = url.group("parameters");
        for (String parameter : parameters == null ? new String[0] : parameters.split("&", -1)) {
            check(parameter.replaceFirst("=.*", ""));
        }
        return new EventsTarget(Optional.of(text));
    }

    private static void check(String parameter) throws BadValueException {
        if (CREDENTIALS.contains(parameter.toLowerCase(Locale.ROOT))) {
            throw withCredentials("the parameter " + parameter.toLowerCase(Locale.ROOT));
        }
        if (!PARAMETERS.contains(parameter)) {
            throw new BadValueException(
                    "has a parameter that is not one of " + String.join(", ", PARAMETERS),
                    Spelling.didYouMean(parameter, PARAMETERS));
        }
    }

    private static BadValueException withCredentials(String what) {
        return new BadValueException(
                "must not hold " + what, "the role belongs to events.user, its password into events.password-file");
    }

    /** Whether it is, plainly, this database of this machine. */
    boolean isHere(int port, String name) {
        Matcher given = URL.matcher(url.orElse(""));
        return given.matches()
                && given.group("name").equals(name)
                && Stream.of(given.group("hosts").split(",", -1)).allMatch(host -> {
                    Matcher address = HOST.matcher(host);
                    return address.matches()
                            && HERE.contains(address.group("host"))
                            && Optional.ofNullable(address.group("port"))
                                    .orElse(USUAL_PORT)
                                    .equals(String.valueOf(port));
                });
    }
}
