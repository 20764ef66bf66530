// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The options of one fence agent: {@code key=value} lines, as the agent itself reads them on its standard input. They hold
 * passwords, so the file is root's and nobody else may read it.
 */
public final class FencingOptions {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]*");

    private final Map<String, String> values;

    private FencingOptions(Map<String, String> values) {
        this.values = values;
    }

    /** Reads a file, or says all that keeps it from being trusted, read or understood. */
    public static FencingOptions read(Path file) throws ConfigException {
        String text = TrustedFile.read(file);
        List<Problem> problems = new ArrayList<>();
        TrustedFile.exposure(file)
                .ifPresent(reason -> problems.add(new Problem(0, "", "", reason, "chmod 600 " + file)));
        Map<String, String> values = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, number, values, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(file, problems);
        }
        return new FencingOptions(values);
    }

    private static void add(String line, int number, Map<String, String> values, List<Problem> problems) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? "" : line.substring(0, equals).strip();
        if (!KEY.matcher(key).matches()) {
            // The line may be a password: it is not shown.
            problems.add(new Problem(number, "", "", "is not key=value", "see the agent's manual page"));
        } else if (key.equals("action") || key.equals("option")) {
            problems.add(new Problem(number, key, "", "is given by pbx-ha itself", "remove the line"));
        } else if (values.put(key, line.substring(equals + 1).strip()) != null) {
            problems.add(new Problem(number, key, "", "is given twice", "keep one of them"));
        }
    }

    /** What the agent reads, for an action such as {@code off}. */
    public String forAction(String action) {
        StringBuilder input = new StringBuilder();
        values.forEach(
                (key, value) -> input.append(key).append('=').append(value).append('\n'));
        return input.append("action=").append(action).append('\n').toString();
    }

    /** Words of the agent without what the file holds: agents repeat their options when they complain. */
    public String redact(String words) {
        String redacted = words;
        for (String value : values.values()) {
            if (value.length() > 3) {
                redacted = redacted.replace(value, "***");
            }
        }
        return redacted;
    }
}
