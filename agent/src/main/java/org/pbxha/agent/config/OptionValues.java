// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a file gives for the options, with the line of each. An option whose value cannot be used has none, not even its default. */
final class OptionValues {
    private final Map<Option<?>, Object> given = new HashMap<>();
    private final Map<Option<?>, Integer> lines = new HashMap<>();
    private final Set<Option<?>> unusable = new HashSet<>();

    <T> void put(Option<T> option, T value) {
        given.put(option, value);
    }

    void wroteAt(Option<?> option, int line) {
        lines.put(option, line);
    }

    void unusable(Option<?> option) {
        unusable.add(option);
    }

    /** The given value, or the default; empty when there is neither. */
    @SuppressWarnings("unchecked") // put() pairs each option with a value of its type
    <T> Optional<T> find(Option<T> option) {
        if (unusable.contains(option)) {
            return Optional.empty();
        }
        return given.containsKey(option) ? Optional.of((T) given.get(option)) : option.fallback();
    }

    /** The value of an option that the file gives or that has a default. */
    <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new IllegalStateException(option + " has no value"));
    }

    boolean isUnusable(Option<?> option) {
        return unusable.contains(option);
    }

    boolean isGiven(Option<?> option) {
        return given.containsKey(option);
    }

    /** The line on which an option was written, 0 when it was not. */
    int line(Option<?> option) {
        return lines.getOrDefault(option, 0);
    }
}
