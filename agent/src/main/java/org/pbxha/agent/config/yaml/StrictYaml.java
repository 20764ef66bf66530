// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.config.yaml.YamlNode.Entry;
import org.pbxha.agent.config.yaml.YamlNode.Mapping;
import org.pbxha.agent.config.yaml.YamlNode.Scalar;
import org.pbxha.agent.config.yaml.YamlNode.Sequence;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Reads one YAML document of sections, lists and plain values, with the line of each. What is left of YAML is refused
 * because it surprises people (a key given twice, a second document, {@code off} that becomes false) or machines (anchors
 * and aliases that unfold without end, tags, deep nesting). Built on the parser's events, below the layer that resolves types
 * and aliases.
 */
public final class StrictYaml {
    private static final int MAX_DEPTH = 12;

    private final Iterator<Event> events;
    private final List<YamlProblem> problems;
    private int depth;

    private StrictYaml(Iterator<Event> events, List<YamlProblem> problems) {
        this.events = events;
        this.problems = problems;
    }

    /**
     * What a file holds.
     *
     * @param root the keys; none for an empty file, and none when the file cannot be read at all
     * @param problems everything that is wrong with the writing
     */
    public record Document(Mapping root, List<YamlProblem> problems) {}

    /** Reads a text. Never throws: what is wrong is in the result. */
    public static Document read(String text) {
        List<YamlProblem> problems = new ArrayList<>();
        try {
            Iterator<Event> events = new Yaml().parse(new StringReader(text)).iterator();
            return new Document(new StrictYaml(events, problems).document(), problems);
        } catch (TooDeepException e) {
            problems.add(new YamlProblem(e.line, "", "is nested too deeply", "sections are two levels deep"));
        } catch (YAMLException e) {
            problems.add(syntax(e));
        }
        return new Document(new Mapping(1, Map.of()), problems);
    }

    private static YamlProblem syntax(YAMLException e) {
        String reason = e.getMessage();
        int line = 0;
        if (e instanceof MarkedYAMLException marked) {
            reason = marked.getProblem();
            line = marked.getProblemMark() == null ? 0 : line(marked.getProblemMark());
        }
        return new YamlProblem(
                line,
                "",
                "not readable as YAML: "
                        + String.valueOf(reason).lines().findFirst().orElse(""),
                "check the indentation (spaces, no tabs), or put the value in quotes");
    }

    private Mapping document() {
        YamlNode root = new Scalar(1, null);
        boolean first = true;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && !first) {
                add(event, "", "a second document starts here", "keep one document: remove the '---'");
                break;
            }
            if (event instanceof DocumentStartEvent) {
                root = node(events.next(), "");
                first = false;
            }
        }
        if (root instanceof Mapping mapping) {
            return mapping;
        }
        if (!(root instanceof Scalar scalar) || scalar.text() != null) {
            problems.add(
                    new YamlProblem(root.line(), "", "expected sections such as 'peer:', found " + root.kind(), ""));
        }
        return new Mapping(1, Map.of());
    }

    private YamlNode node(Event event, String path) {
        refuseCleverness(event, path);
        if (event instanceof CollectionStartEvent start) {
            if (++depth > MAX_DEPTH) {
                throw new TooDeepException(line(event));
            }
            YamlNode node = start instanceof MappingStartEvent ? mapping(event, path) : sequence(event, path);
            depth--;
            return node;
        }
        return new Scalar(line(event), event instanceof ScalarEvent scalar ? text(scalar) : null);
    }

    private static @Nullable String text(ScalarEvent scalar) {
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        String value = scalar.getValue();
        return plain && (value.isEmpty() || value.equals("~") || value.equals("null")) ? null : value;
    }

    private Mapping mapping(Event start, String path) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
            String key = key(event, path);
            String keyPath = path.isEmpty() ? key : path + "." + key;
            Entry entry = new Entry(line(event), node(events.next(), keyPath));
            Entry earlier = entries.putIfAbsent(key, entry);
            if (earlier != null) {
                add(event, keyPath, "given twice, first on line " + earlier.keyLine(), "keep one of them");
            }
        }
        return new Mapping(line(start), entries);
    }

    private String key(Event event, String path) {
        if (event instanceof ScalarEvent scalar) {
            refuseCleverness(event, path);
            return scalar.getValue();
        }
        YamlNode written = node(event, path);
        add(event, path, "expected a key, found " + written.kind(), "put it in quotes");
        return "?";
    }

    private Sequence sequence(Event start, String path) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
            items.add(node(event, path));
        }
        return new Sequence(line(start), items);
    }

    private void refuseCleverness(Event event, String path) {
        if (event instanceof AliasEvent) {
            add(event, path, "an alias (*name) is not allowed here", "a value that starts with '*' needs quotes");
        } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
            add(event, path, "an anchor (&name) is not allowed here", "a value that starts with '&' needs quotes");
        } else if (tag(event) != null) {
            add(event, path, "a tag (!name) is not allowed here", "a value that starts with '!' needs quotes");
        }
    }

    private static @Nullable String tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private void add(Event event, String key, String reason, String suggestion) {
        problems.add(new YamlProblem(line(event), key, reason, suggestion));
    }

    private static int line(Event event) {
        return line(event.getStartMark());
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    /** Ends the reading before a hostile file ends the stack. */
    private static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;

        TooDeepException(int line) {
            super("nested too deeply");
            this.line = line;
        }
    }
}
