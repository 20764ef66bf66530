// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.status;

import java.time.Duration;

/** Durations as people say them. */
final class Ages {
    private Ages() {}

    /** For example {@code 0.4 s}, {@code 12 min}, {@code 3 h 5 min}, {@code 4 d 2 h}. */
    static String text(Duration age) {
        if (age.toSeconds() < 10) {
            return "%d.%d s".formatted(age.toSeconds(), age.toMillisPart() / 100);
        }
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min";
        }
        if (age.toDays() < 1) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        return age.toDays() + " d " + age.toHoursPart() + " h";
    }
}
