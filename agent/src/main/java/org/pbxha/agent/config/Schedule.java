// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.text.ParseException;
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

    /** As it is written in the file. */
    public String text() {
        return cron.orElse(OFF);
    }
}
