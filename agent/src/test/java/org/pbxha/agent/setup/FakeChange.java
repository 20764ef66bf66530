// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.util.Map;

/** A change of one word in a map. */
record FakeChange(Map<String, String> world, String name, String value) implements Change {
    static final String KIND = "word";

    static Undo undo(Map<String, String> world) {
        return (subject, memory) -> {
            if (!memory.before().containsKey("value")) {
                world.remove(subject);
            } else {
                world.put(subject, memory.before().get("value"));
            }
            return subject + " is back";
        };
    }

    @Override
    public String id() {
        return KIND + " " + name;
    }

    @Override
    public String describe() {
        return "set " + name + " to " + value;
    }

    @Override
    public boolean isDone() {
        return value.equals(world.get(name));
    }

    @Override
    public Map<String, String> before() {
        return world.containsKey(name) ? Map.of("value", world.get(name)) : Map.of();
    }

    @Override
    public String mark() {
        return value;
    }

    @Override
    public void apply() throws IOException {
        if (value.equals("impossible")) {
            throw new IOException("the world is full");
        }
        world.put(name, value);
    }
}
