// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.quartz.CronExpression;

/**
 * When a recurring job runs.
 *
 * @param cron a valid quartz cron expression (seconds first); empty when the job never runs by itself
 */
public record Schedule(Optional<String> cron) {
    private static final String OFF = "off";

    static Schedule parse(String text) throws BadValueException {
        if (text.equals(OFF)) {
            return new Schedule(Optional.empty());
        }
        try {
            CronExpression.validateExpression(text);
            return new Schedule(Optional.of(text));
        } catch (ParseException e) {
            String fiveFields = text.trim().split("\\s+", -1).length == 5
                    ? "a quartz expression has six fields, seconds first: '0 " + text.trim()
                            + "' with ? as one of the days"
                    : "write six fields, seconds first: '0 0 * * * ?' is every hour, or off";
            throw new BadValueException("is not a quartz cron expression (" + e.getMessage() + ")", fiveFields);
        }
    }

    /** Whether by now a second run should have begun since a moment; never, when nothing is scheduled. */
    public boolean missedTwice(Instant since, Instant now) {
        if (cron.isEmpty()) {
            return false;
        }
        try {
            CronExpression times = new CronExpression(cron.get());
            Date first = times.getNextValidTimeAfter(Date.from(since));
            Date second = first == null ? null : times.getNextValidTimeAfter(first);
            return second != null && second.toInstant().isBefore(now);
        } catch (ParseException e) {
            throw new IllegalStateException("a schedule is checked when it is read: " + cron.get(), e);
        }
    }

    /** As it is written in the file. */
    public String text() {
        return cron.orElse(OFF);
    }
}
