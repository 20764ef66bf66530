// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.time.Duration;
import java.util.List;
import org.pbxha.lab.Node;

/** How long somebody waits for "pbx-ha status". */
final class StatusTimes {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Timed on the node itself, from exec to exit: the engine's way into the node is no part of it. */
    private static final String LOOP = """
            set -eu
            run=0
            while [ $run -lt "$1" ]; do
                begin=$(date +%s%N)
                pbx-ha status >/dev/null
                end=$(date +%s%N)
                echo $((end - begin))
                run=$((run + 1))
            done
            """;

    private StatusTimes() {}

    /** Milliseconds of so many runs, one after the other. */
    static List<Double> on(Node node, int runs) {
        return node.exec(LIMIT, "sh", "-c", LOOP, "sh", Integer.toString(runs))
                .orFail()
                .lines()
                .map(line -> Math.round(Double.parseDouble(line) / 1e4) / 100.0)
                .toList();
    }
}
