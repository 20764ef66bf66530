// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.report.Repository;

/**
 * XiVO's way to take over, on nodes without the product. How long it takes depends on the second of the
 * minute in which the master dies, so the runs are spread evenly over the minute.
 */
final class XivoAlgorithm {
    private static final String SCRIPT = "/usr/local/sbin/minute-tick";
    private static final String UNIT = "minute-tick";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Pair pair;

    XivoAlgorithm(Pair pair) {
        this.pair = pair;
        pair.slave().copy(Repository.TOP.resolve("src/test/resources/bench/minute-tick"), SCRIPT);
    }

    /** Seconds from cutting the master's power to the slave's first SIP answer. */
    double takeover(int run, int runs) {
        Node master = pair.master();
        Node slave = pair.slave();
        slave.run("systemctl", "stop", "asterisk.service");
        tick();
        awaitSecondOfMinute((run + 0.5) / runs);
        double seconds = Takeover.seconds(master, slave, LIMIT);
        // The timer first, then what it may be doing: nothing may start Asterisk after this.
        slave.run("systemctl", "stop", UNIT + ".timer");
        slave.run("systemctl", "stop", UNIT + ".service");
        master.powerOn();
        master.awaitBooted();
        Awaitility.await("the master serves").atMost(LIMIT).until(master::answersSip);
        return seconds;
    }

    /** Every full minute, to the second, as cron would. */
    private void tick() {
        pair.slave()
                .run(
                        "systemd-run",
                        "--quiet",
                        "--unit=" + UNIT,
                        "--on-calendar=*-*-* *:*:00",
                        "--timer-property=AccuracySec=100ms",
                        SCRIPT,
                        pair.master().address());
    }

    /** At least one tick has seen the master alive before it dies. */
    private static void awaitSecondOfMinute(double part) {
        long now = Instant.now().toEpochMilli();
        long next = now - now % MINUTE + MINUTE + Math.round(part * MINUTE);
        Awaitility.await("the chosen second of the minute")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Instant.now().toEpochMilli() >= next);
    }
}
