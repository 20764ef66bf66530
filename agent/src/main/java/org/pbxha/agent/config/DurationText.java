// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them in the file: {@code 500ms}, {@code 3s}, {@code 5m}, {@code 2h}. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)?");

    private DurationText() {}

    /** Reads one. */
    public static Duration parse(String text) throws BadValueException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new BadValueException("is not a duration", "write a whole number and a unit: 500ms, 3s, 5m or 2h");
        }
        long amount = Long.parseLong(form.group(1));
        if (form.group(2) == null) {
            // Seconds or milliseconds? Guessing wrong here would be a factor of 1000 in a takeover.
            throw new BadValueException(
                    "has no unit", "write " + amount + "ms, " + amount + "s, " + amount + "m or " + amount + "h");
        }
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** The shortest exact spelling: {@code 60s} and {@code 1m} are both printed as {@code 1m}. */
    public static String print(Duration value) {
        long millis = value.toMillis();
        if (millis == 0) {
            return "0s";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
