// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.util.List;
import org.pbxha.lab.Node;

/** How often a pair has done something of itself: what its agents decided, as their journals have it. */
final class Moves {
    private final List<Node> nodes;
    private final long before;

    /** Counts from now on. */
    Moves(List<Node> nodes) {
        this.nodes = nodes;
        this.before = count();
    }

    /** Takeovers, steps down, closed SIP, repairs: every decision that was more than to stay. */
    double since() {
        return (double) count() - before;
    }

    private long count() {
        return nodes.stream()
                .flatMap(
                        node -> node.run("cat", "/var/lib/pbx-ha/journal.jsonl").lines())
                .filter(line -> line.contains("\"decision\"") && line.contains(" -> "))
                .count();
    }
}
