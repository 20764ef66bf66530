// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.time.Duration;
import java.util.List;
import org.pbxha.lab.Node;

/** Watches for how long no node answers SIP; both are asked every 20 to 40 ms, on a thread of its own. */
final class Unserved implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final List<Node> nodes;
    private final Thread watcher = new Thread(this::watch, "unserved");
    private volatile boolean over;
    private long longest;

    Unserved(List<Node> nodes) {
        this.nodes = nodes;
        watcher.start();
    }

    private void watch() {
        long answered = System.nanoTime();
        while (!over) {
            // The moment of the question: its answer cannot be later than the end of a gap.
            long asked = System.nanoTime();
            if (nodes.stream().anyMatch(node -> node.answersSip(PATIENCE))) {
                longest = Math.max(longest, asked - answered);
                answered = asked;
            }
        }
    }

    /** Ends the watch; the longest time without an answer, in seconds. */
    double longestSeconds() {
        close();
        return longest / 1e9;
    }

    @Override
    public void close() {
        over = true;
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
