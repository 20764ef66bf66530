// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a pbx-ha.yml that explains itself: every option with its meaning, those that are not set commented out with their default. */
public final class SettingsWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./-]*");
    private static final int WIDTH = 100;

    private final Map<Option<?>, List<String>> values = new LinkedHashMap<>();

    /** Sets one option; a later call for the same option wins. */
    public <T> SettingsWriter set(Option<T> option, T value) {
        values.put(option, option.type().show(value));
        return this;
    }

    /** Leaves an option to its default. */
    public SettingsWriter clear(Option<?> option) {
        values.remove(option);
        return this;
    }

    /** The text of the file, ending with a newline. */
    public String render() {
        StringBuilder text = new StringBuilder("""
                # Configuration of pbx-ha on this node. Written by 'pbx-ha setup'; yours to change.
                # Check it with: pbx-ha config check      What is in effect: pbx-ha config show
                # All options: /usr/share/doc/pbx-ha/configuration.md
                """);
        Options.ALL.stream()
                .collect(Collectors.groupingBy(Option::section, LinkedHashMap::new, Collectors.toList()))
                .forEach((section, options) -> section(text, section, options));
        return text.toString();
    }

    private void section(StringBuilder text, String section, List<Option<?>> options) {
        String indent = section.isEmpty() ? "" : "  ";
        text.append('\n');
        if (!section.isEmpty()) {
            // Never commented out, so that one line below it can be uncommented by itself.
            text.append(section).append(":\n");
        }
        for (Option<?> option : options) {
            comment(text, indent, option);
            List<String> given = values.get(option);
            text.append(indent)
                    .append(given == null ? "#" : "")
                    .append(option.name())
                    .append(':');
            String value = given == null ? fallback(option) : yaml(option, given);
            text.append(value.isEmpty() ? "" : " ").append(value).append('\n');
        }
    }

    private static void comment(StringBuilder text, String indent, Option<?> option) {
        StringBuilder line = new StringBuilder(indent + "#");
        for (String word : option.prose().replace("`", "").split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(indent + "#");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }

    private static <T> String fallback(Option<T> option) {
        return option.fallback()
                .map(value -> yaml(option, option.type().show(value)))
                .orElse("");
    }

    private static String yaml(Option<?> option, @Nullable List<String> texts) {
        if (texts == null) {
            return "";
        }
        String joined = texts.stream().map(SettingsWriter::quoted).collect(Collectors.joining(", "));
        return option.type().isList() ? "[" + joined + "]" : joined;
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "''") + "'";
    }
}
