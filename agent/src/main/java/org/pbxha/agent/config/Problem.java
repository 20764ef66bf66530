// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

/**
 * One thing that is wrong with a file, said so that it can be repaired without a manual.
 *
 * @param line where, the first line being 1; 0 when it is not about a line (a key that is missing)
 * @param key dotted key, empty for the file as a whole
 * @param value what was written, empty when nothing was or when it must not be shown
 * @param reason why it cannot be used
 * @param suggestion what to write or do instead, may be empty
 */
public record Problem(int line, String key, String value, String reason, String suggestion) {

    /** The problem on one line: {@code line 4: link.port = 99999: must be from 1 to 65535; ...}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (line > 0) {
            text.append("line ").append(line).append(": ");
        }
        if (!key.isEmpty()) {
            text.append(key).append(value.isEmpty() ? "" : " = " + value).append(": ");
        }
        text.append(reason);
        if (!suggestion.isEmpty()) {
            text.append("; ").append(suggestion);
        }
        return text.toString();
    }
}
