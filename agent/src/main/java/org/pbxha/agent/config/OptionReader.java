// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pbxha.agent.config.yaml.YamlNode;
import org.pbxha.agent.config.yaml.YamlNode.Entry;
import org.pbxha.agent.config.yaml.YamlNode.Mapping;
import org.pbxha.agent.config.yaml.YamlNode.Scalar;
import org.pbxha.agent.config.yaml.YamlNode.Sequence;

/** Turns the sections of a file into option values. Goes on after a problem, so that all are reported at once. */
final class OptionReader {
    private static final Map<String, Option<?>> BY_KEY =
            Options.ALL.stream().collect(Collectors.toMap(Option::key, Function.identity()));
    private static final Set<String> SECTIONS = Options.ALL.stream()
            .map(Option::section)
            .filter(section -> !section.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private final OptionValues values = new OptionValues();
    private final List<Problem> problems;

    private OptionReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** Reads what the file gives; adds what is wrong to {@code problems}. */
    static OptionValues read(Mapping root, List<Problem> problems) {
        OptionReader reader = new OptionReader(problems);
        root.entries().forEach(reader::topLevel);
        reader.reportMissing();
        return reader.values;
    }

    private void topLevel(String key, Entry entry) {
        Option<?> option = BY_KEY.get(key);
        if (option != null && option.section().isEmpty()) {
            readOption(option, entry);
        } else if (SECTIONS.contains(key)) {
            section(key, entry);
        } else {
            problem(entry.keyLine(), key, "", "unknown option", unknownHint(key));
        }
    }

    private void section(String section, Entry entry) {
        if (entry.value() instanceof Mapping mapping) {
            mapping.entries().forEach((name, inner) -> {
                String key = section + "." + name;
                Option<?> option = BY_KEY.get(key);
                if (option == null) {
                    problem(inner.keyLine(), key, "", "unknown option", unknownHint(key));
                } else {
                    readOption(option, inner);
                }
            });
        } else if (!(entry.value() instanceof Scalar scalar) || scalar.text() != null) {
            // A section all of whose lines are commented out is as good as none.
            problem(
                    entry.keyLine(),
                    section,
                    "",
                    "is a section, found " + entry.value().kind(),
                    "write its options below it, indented");
        }
    }

    private static String unknownHint(String key) {
        if (BY_KEY.containsKey(key)) {
            return "write '" + key.substring(0, key.indexOf('.')) + ":' and below it, indented, '"
                    + key.substring(key.indexOf('.') + 1) + ":'";
        }
        List<String> candidates = new ArrayList<>(BY_KEY.keySet());
        candidates.addAll(SECTIONS);
        String near = Spelling.didYouMean(key, candidates);
        return near.isEmpty() ? elsewhere(key).orElse("") : near;
    }

    /** The right name in the wrong section, or in none. */
    private static Optional<String> elsewhere(String key) {
        String name = key.substring(key.lastIndexOf('.') + 1);
        return Options.ALL.stream()
                .filter(option -> option.name().equals(name))
                .map(option -> "did you mean " + option.key() + "?")
                .findFirst();
    }

    private <T> void readOption(Option<T> option, Entry entry) {
        values.wroteAt(option, entry.keyLine());
        Optional<List<String>> texts = texts(option, entry);
        if (texts.isEmpty()) {
            values.unusable(option);
            return;
        }
        try {
            values.put(option, option.type().parse(texts.get()));
        } catch (BadValueException e) {
            values.unusable(option);
            String written = option.type().isList()
                    ? texts.get().toString()
                    : texts.get().get(0);
            problem(
                    entry.keyLine(),
                    option.key(),
                    option.secret() ? "(not shown)" : written,
                    e.reason(),
                    e.suggestion());
        }
    }

    /** The texts of a value of the right shape; otherwise reports it and is empty. */
    private Optional<List<String>> texts(Option<?> option, Entry entry) {
        YamlNode node = entry.value();
        if (node instanceof Scalar scalar && scalar.text() == null) {
            problem(
                    entry.keyLine(),
                    option.key(),
                    "",
                    "has no value",
                    "give one, or remove the line" + (option.required() ? "" : " for the default"));
            return Optional.empty();
        }
        if (!option.type().isList() && node instanceof Scalar scalar && scalar.text() != null) {
            return Optional.of(List.of(scalar.text()));
        }
        if (option.type().isList() && node instanceof Sequence sequence) {
            List<String> texts = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                if (item instanceof Scalar scalar && scalar.text() != null) {
                    texts.add(scalar.text());
                }
            }
            if (texts.size() == sequence.items().size()) {
                return Optional.of(texts);
            }
        }
        String expected = option.type().isList() ? "a list of values" : "one value";
        String example = option.type().isList() ? "write it as [first, second]" : "";
        problem(entry.keyLine(), option.key(), "", "expected " + expected + ", found " + node.kind(), example);
        return Optional.empty();
    }

    private void reportMissing() {
        for (Option<?> option : Options.ALL) {
            if (option.required() && !values.isGiven(option) && !values.isUnusable(option)) {
                problem(
                        0,
                        option.key(),
                        "",
                        "is missing",
                        "it is a " + option.type().description().replace("`", ""));
            }
        }
    }

    private void problem(int line, String key, String value, String reason, String suggestion) {
        problems.add(new Problem(line, key, value, reason, suggestion));
    }
}
