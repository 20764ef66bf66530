// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;

/** The last things that happened, for people. */
final class Transcript {
    private static final int LINES = Integer.getInteger("simulation.lines", 60);

    private final World world;
    private final Deque<Line> lines = new ArrayDeque<>();

    private record Line(long at, String who, String answering, String what) {
        String text() {
            return String.format(Locale.ROOT, "%4d.%03d %-6s [SIP: %s] %s", at / 1000, at % 1000, who, answering, what);
        }
    }

    Transcript(World world) {
        this.world = world;
    }

    void say(Host host, String what) {
        add(host.role.name().toLowerCase(Locale.ROOT), what);
    }

    void add(String who, String what) {
        if (lines.size() == LINES) {
            lines.remove();
        }
        lines.add(new Line(world.time.now(), who, world.answering(), what));
    }

    String text() {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }
}
