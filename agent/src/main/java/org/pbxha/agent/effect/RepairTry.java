// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One restart of Asterisk, and the wait for its answer. A call that fails is said, and the next one made all the same. */
final class RepairTry {
    private static final Logger LOG = LoggerFactory.getLogger(RepairTry.class);
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);

    private final ProgramRunner programs;
    private final String unit;
    private final Supplier<Boolean> answers;
    private final Pace pace;

    RepairTry(ProgramRunner programs, String unit, Supplier<Boolean> answers, Pace pace) {
        this.programs = programs;
        this.unit = unit;
        this.answers = answers;
        this.pace = pace;
    }

    /**
     * Restarts and waits.
     *
     * @param kill whether it would not listen to a polite request: one that hangs ignores SIGTERM for the 90 s until systemd
     *     loses its patience
     * @return whether Asterisk answers
     */
    boolean run(boolean kill, Duration limit) throws InterruptedException {
        long end = pace.nanoTime() + limit.toNanos();
        if (kill) {
            call(end, "kill", "--signal=KILL", "--kill-who=main");
        }
        // One that crashed too often is refused by systemd until it is forgiven.
        call(end, "reset-failed");
        call(end, "restart", "--no-block");
        while (!answers.get()) {
            if (pace.nanoTime() - end >= 0) {
                return false;
            }
            pace.pause(POLL);
        }
        return true;
    }

    private void call(long end, String... verb) throws InterruptedException {
        Duration left = Duration.ofNanos(end - pace.nanoTime());
        if (left.isNegative() || left.isZero()) {
            return;
        }
        List<String> argv = new ArrayList<>(List.of(Systemctl.PROGRAM));
        argv.addAll(List.of(verb));
        argv.addAll(List.of("--", unit));
        Command command = Command.of(left.compareTo(CALL) < 0 ? left : CALL, argv);
        try {
            Outcome outcome = programs.run(command);
            if (!outcome.succeeded()) {
                // A process that is gone already cannot be killed: no reason to stop.
                LOG.warn("{} failed (exit {}): {}", command, outcome.exitCode(), outcome.complaint());
            }
        } catch (ProcessException e) {
            LOG.warn("{}; {}", e.getMessage(), e.hint());
        }
    }
}
