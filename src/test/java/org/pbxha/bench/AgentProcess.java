// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.util.List;
import org.pbxha.lab.Node;

/** The agent's process on a node, as the kernel accounts for it. */
final class AgentProcess {
    private final Node node;
    private final String pid;
    private final double ticksPerSecond;

    AgentProcess(Node node) {
        this.node = node;
        this.pid = node.run("systemctl", "show", "--property=MainPID", "--value", "pbx-ha.service");
        if (!node.run("cat", "/proc/" + pid + "/comm").equals("java")) {
            throw new IllegalStateException(node.name() + ": process " + pid + " is not the agent");
        }
        this.ticksPerSecond = Double.parseDouble(node.run("getconf", "CLK_TCK"));
    }

    /** Memory that it occupies, in MB of 1024 * 1024 bytes. */
    double residentMegabytes() {
        String[] words = node.run("grep", "^VmRSS:", "/proc/" + pid + "/status").split("\\s+", -1);
        return Double.parseDouble(words[1]) / 1024;
    }

    /** The most memory that it has occupied since it started, in MB of 1024 * 1024 bytes. */
    double peakMegabytes() {
        String[] words = node.run("grep", "^VmHWM:", "/proc/" + pid + "/status").split("\\s+", -1);
        return Double.parseDouble(words[1]) / 1024;
    }

    /**
     * Processor time so far, and when that was.
     *
     * @param processor seconds, in user and kernel mode
     * @param clock seconds since the machine started
     */
    record Usage(double processor, double clock) {
        double percentSince(Usage before) {
            return 100 * (processor - before.processor) / (clock - before.clock);
        }
    }

    Usage usage() {
        List<String> lines = node.run("cat", "/proc/" + pid + "/stat", "/proc/uptime")
                .lines()
                .toList();
        // The name of the program, in parentheses, may hold blanks; what follows begins with field 3 of proc(5).
        String[] stat =
                lines.get(0).substring(lines.get(0).lastIndexOf(')') + 2).split(" ", -1);
        double ticks = Double.parseDouble(stat[14 - 3]) + Double.parseDouble(stat[15 - 3]);
        return new Usage(ticks / ticksPerSecond, Double.parseDouble(lines.get(1).split(" ", -1)[0]));
    }
}
