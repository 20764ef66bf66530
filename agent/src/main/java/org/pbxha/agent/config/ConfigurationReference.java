// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Renders docs/configuration.md from {@link Options}. */
final class ConfigurationReference {
    private static final String INTRODUCTION = """
            # Configuration

            <!-- Generated from the option catalogue. Change Options.java, then run: make docs -->

            Each node reads `/etc/pbx-ha/pbx-ha.yml` when its agent starts. `pbx-ha setup` writes it; you may change it.

            ```
            pbx-ha config check     everything that is wrong with the file, at once; exit code 78 when there is something
            pbx-ha config show      every option with its value and where it comes from
            ```

            The agent does not start with a file that is wrong, and never corrects a value by itself: unknown options, values out of
            range, options that contradict each other, keys given twice, YAML anchors, aliases and tags are refused, and so is a file that
            somebody else than root could change. A running agent keeps its settings until it is restarted, which does not move the service.

            The file has sections: `takeover.after` is the line `after:` below `takeover:`.

            ```yaml
            role: slave
            profile: xivo
            node:
              address: 192.0.2.12
            peer:
              address: 192.0.2.11
            takeover:
              after: 3s
            ```

            Durations are a whole number and a unit: `500ms`, `3s`, `5m`, `2h`. Addresses are literals; names are refused, because
            a resolver that is down must not stand in the way of a takeover. Schedules are quartz cron expressions, seconds first:
            `0 30 * * * ?` is at half past every hour. Passwords are not written here but in files that only root can read.
            """;

    private ConfigurationReference() {}

    static String markdown() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        Options.ALL.stream()
                .collect(Collectors.groupingBy(Option::section, LinkedHashMap::new, Collectors.toList()))
                .forEach((section, options) -> section(text, section, options));
        return text.toString();
    }

    private static void section(StringBuilder text, String section, List<Option<?>> options) {
        text.append("\n## ")
                .append(section.isEmpty() ? "The node" : "`" + section + "`")
                .append('\n');
        for (Option<?> option : options) {
            text.append("\n### `").append(option.key()).append("`\n\n");
            text.append(option.prose()).append("\n\n");
            text.append("- Value: ").append(option.type().description()).append('\n');
            text.append("- Default: ").append(fallback(option)).append('\n');
            text.append("- After a change: ")
                    .append(option.afterChange().text())
                    .append('\n');
        }
    }

    private static <T> String fallback(Option<T> option) {
        if (option.required()) {
            return "none; required";
        }
        return option.fallback().map(value -> "`" + option.show(value) + "`").orElse(option.fallbackProse());
    }
}
