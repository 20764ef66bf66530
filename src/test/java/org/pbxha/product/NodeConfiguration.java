// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pbxha.lab.Node;
import org.yaml.snakeyaml.Yaml;

/** The file /etc/pbx-ha/pbx-ha.yml of a node. */
final class NodeConfiguration {
    private static final String FILE = "/etc/pbx-ha/pbx-ha.yml";
    private static final String NEW = "/root/pbx-ha.yml";

    private final Node node;

    NodeConfiguration(Node node) {
        this.node = node;
    }

    /** Sets one option and leaves the others; comments are lost. */
    void set(String key, Object value) {
        Map<String, Object> all = section(new Yaml().load(node.run("cat", FILE)));
        List<String> names = new ArrayList<>(List.of(key.split("\\.", -1)));
        String last = names.remove(names.size() - 1);
        Map<String, Object> target = all;
        for (String name : names) {
            Map<String, Object> inner = section(target.get(name));
            target.put(name, inner);
            target = inner;
        }
        target.put(last, value);
        all.values().removeIf(option -> option == null);
        node.write(NEW, new Yaml().dump(all));
        // Into the old file, which keeps its owner and mode.
        node.run("sh", "-c", "cat \"$1\" >\"$2\"; rm \"$1\"", "sh", NEW, FILE);
        node.run("pbx-ha", "config", "check");
    }

    /** A copy of a section; empty for one of which every option is commented out. */
    private static Map<String, Object> section(@Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, option) -> copy.put(String.valueOf(name), option));
        }
        return copy;
    }
}
