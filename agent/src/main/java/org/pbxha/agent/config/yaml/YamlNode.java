// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config.yaml;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML file as it was written, with the line it starts on (the first line is 1). */
public sealed interface YamlNode {
    /** The line the value starts on. */
    int line();

    /** What it is, for a message: "a value", "a list" or "a section". */
    String kind();

    /**
     * One value, not interpreted: {@code 007} and {@code off} keep their spelling.
     *
     * @param text null when nothing was written after the colon
     */
    record Scalar(int line, @Nullable String text) implements YamlNode {
        @Override
        public String kind() {
            return text == null ? "nothing" : "a value";
        }
    }

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A section: keys in the order they were written. */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a section";
        }
    }

    /** One key of a section. */
    record Entry(int keyLine, YamlNode value) {}
}
