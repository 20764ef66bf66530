// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.pbxha.lab.Node;

/** Processor time of the thread that decides, as the agent's Java says it in a thread dump. */
final class CycleTimes {
    /** The thread turns twice a second. */
    private static final double TURNS_PER_SECOND = 2;

    private static final Pattern LINE = Pattern.compile("\"cycle\" .*cpu=([0-9.]+)ms elapsed=([0-9.]+)s");

    private final Node node;

    CycleTimes(Node node) {
        this.node = node;
    }

    /**
     * The thread's life so far.
     *
     * @param processor milliseconds
     * @param elapsed seconds
     */
    record Reading(double processor, double elapsed) {
        double millisPerTurnSince(Reading before) {
            return (processor - before.processor) / ((elapsed - before.elapsed) * TURNS_PER_SECOND);
        }
    }

    /** Asks for a dump, and reads it from the journal. */
    Reading read() {
        String cursor = node.run("journalctl", "--unit=pbx-ha", "--lines=1", "--show-cursor", "--quiet")
                .lines()
                .filter(line -> line.startsWith("-- cursor: "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(node.name() + ": the journal of the agent is empty"))
                .substring("-- cursor: ".length());
        node.run("systemctl", "kill", "--signal=QUIT", "--kill-who=main", "pbx-ha.service");
        return Awaitility.await("a thread dump")
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> find(node.run("journalctl", "--unit=pbx-ha", "--output=cat", "--after-cursor=" + cursor)),
                        reading -> reading != null);
    }

    private static @Nullable Reading find(String dump) {
        Matcher matcher = LINE.matcher(dump);
        return matcher.find()
                ? new Reading(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)))
                : null;
    }
}
