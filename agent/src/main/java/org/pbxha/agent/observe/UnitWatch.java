// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks systemd about one unit: each turn, and each third one while its process lives and nothing was under way. A call is a
 * new process and a question to the bus, which would cost a quiet node more than the whole agent does.
 */
final class UnitWatch implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** How long a stop that is under way goes unseen: less than systemd's shortest sensible time-out for it. */
    private static final int MOST_SKIPPED = 2;

    private static final Logger LOG = LoggerFactory.getLogger(UnitWatch.class);

    private final ProgramRunner programs;
    private final Command command;
    private final Layer layer;
    private volatile @Nullable UnitReading reading;
    private String said = "";
    private int skipped;

    UnitWatch(ProgramRunner programs, String unit, Duration interval) {
        this.programs = programs;
        // Where every Debian has it, with or without a merged /usr.
        this.command = Command.of(LIMIT, "/bin/systemctl", "show", "--property=" + UnitReading.PROPERTIES, "--", unit);
        this.layer = new Layer("unit", interval, this::turn);
    }

    void start() {
        layer.start();
    }

    /** Its last word, which may be old; null before the first. */
    @Nullable
    UnitReading reading() {
        return reading;
    }

    /** Package-private for tests, which turn it by hand. */
    void turn() throws InterruptedException {
        UnitReading last = reading;
        if (last != null && last.isAtWork() && skipped < MOST_SKIPPED && lives(last.mainPid())) {
            skipped++;
        } else {
            skipped = 0;
            ask();
        }
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private void ask() throws InterruptedException {
        long now = System.nanoTime();
        try {
            Outcome outcome = programs.run(command);
            if (outcome.succeeded()) {
                reading = UnitReading.parse(outcome.output(), now).after(reading);
                said = "";
            } else {
                say(outcome.complaint());
            }
        } catch (ProcessException e) {
            say(e.getMessage() + "; " + e.hint());
        }
    }

    /** Once per change: a host that goes down has no systemd to ask, and its last readings grow old by themselves. */
    private void say(String why) {
        if (!said.equals(why)) {
            LOG.warn("systemd does not say how Asterisk is: {}", why);
            said = why;
        }
    }

    @Override
    public void close() {
        layer.close();
    }
}
