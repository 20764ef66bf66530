// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.config.yaml.YamlNode;
import org.pbxha.agent.config.yaml.YamlNode.Entry;
import org.pbxha.agent.config.yaml.YamlNode.Mapping;
import org.pbxha.agent.config.yaml.YamlNode.Scalar;
import org.pbxha.agent.config.yaml.YamlNode.Sequence;

/**
 * A section of a file while it is read. Whatever is wrong goes to one list and reading goes on with a stand-in, so that all
 * problems are found; the result counts only when the list stayed empty.
 */
public final class Section {
    private final String path;
    private final Mapping mapping;
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, Mapping mapping, List<Problem> problems) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The whole file as a section. */
    public static Section root(Mapping mapping, List<Problem> problems) {
        return new Section("", mapping, problems);
    }

    /** The line the section starts on. */
    public int line() {
        return mapping.line();
    }

    /** Whether a key is written. */
    public boolean has(String key) {
        known.add(key);
        return mapping.entries().containsKey(key);
    }

    /** A value that must be there. */
    public <T> T need(String key, ValueType<T> type, T standIn) {
        if (!has(key)) {
            problem(line(), path(key), "", "is missing", "it is a " + type.description());
        }
        return find(key, type).orElse(standIn);
    }

    /** A value that may be missing. */
    public <T> Optional<T> find(String key, ValueType<T> type) {
        Entry entry = entry(key);
        if (entry == null) {
            return Optional.empty();
        }
        Optional<List<String>> texts = texts(entry.value(), type.isList());
        if (texts.isEmpty()) {
            problem(
                    entry.keyLine(),
                    path(key),
                    "",
                    "expected a " + type.description() + ", found "
                            + entry.value().kind(),
                    "");
            return Optional.empty();
        }
        try {
            return Optional.of(type.parse(texts.get()));
        } catch (BadValueException e) {
            String written = type.isList() ? "" : texts.get().get(0);
            problem(entry.keyLine(), path(key), written, e.reason(), e.suggestion());
            return Optional.empty();
        }
    }

    /** A section within that must be there; an empty one stands in. */
    public Section needSection(String key) {
        Optional<Section> section = findSection(key);
        if (section.isEmpty() && !has(key)) {
            problem(line(), path(key), "", "is missing", "it is a section");
        }
        return section.orElseGet(() -> new Section(path(key), new Mapping(line(), Map.of()), new ArrayList<>()));
    }

    /** A section within that may be missing. */
    public Optional<Section> findSection(String key) {
        Entry entry = entry(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof Mapping inner) {
            return Optional.of(new Section(path(key), inner, problems));
        }
        problem(
                entry.keyLine(),
                path(key),
                "",
                "expected a section, found " + entry.value().kind(),
                "");
        return Optional.empty();
    }

    /** A list of sections, none when the key is missing. */
    public List<Section> sections(String key) {
        Entry entry = entry(key);
        List<Section> sections = new ArrayList<>();
        if (entry == null) {
            return sections;
        }
        if (!(entry.value() instanceof Sequence list)) {
            problem(
                    entry.keyLine(),
                    path(key),
                    "",
                    "expected a list of sections, found " + entry.value().kind(),
                    "");
            return sections;
        }
        int number = 0;
        for (YamlNode item : list.items()) {
            number++;
            if (item instanceof Mapping inner) {
                sections.add(new Section(path(key) + "[" + number + "]", inner, problems));
            } else {
                problem(item.line(), path(key), "", "expected a section, found " + item.kind(), "");
            }
        }
        return sections;
    }

    /** Reports a problem of the section, or of one key in it. */
    public void problem(String key, String reason, String suggestion) {
        Entry entry = mapping.entries().get(key);
        problem(entry == null ? line() : entry.keyLine(), key.isEmpty() ? path : path(key), "", reason, suggestion);
    }

    /** Reports every key that nobody asked for. Call it last. */
    public void end() {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problem(entry.keyLine(), path(key), "", "unknown key", Spelling.didYouMean(key, known));
            }
        });
    }

    private @Nullable Entry entry(String key) {
        known.add(key);
        return mapping.entries().get(key);
    }

    private static Optional<List<String>> texts(YamlNode node, boolean list) {
        if (!list) {
            return node instanceof Scalar scalar && scalar.text() != null
                    ? Optional.of(List.of(scalar.text()))
                    : Optional.empty();
        }
        if (!(node instanceof Sequence sequence)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            if (!(item instanceof Scalar scalar) || scalar.text() == null) {
                return Optional.empty();
            }
            texts.add(scalar.text());
        }
        return Optional.of(texts);
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void problem(int line, String key, String value, String reason, String suggestion) {
        problems.add(new Problem(line, key, value, reason, suggestion));
    }
}
