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

/** Asks systemd about one unit, by one call each second. */
final class UnitWatch implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(UnitWatch.class);

    private final ProgramRunner programs;
    private final Command command;
    private final Layer layer;
    private volatile @Nullable UnitReading reading;
    private String said = "";

    UnitWatch(ProgramRunner programs, String unit, Duration interval) {
        this.programs = programs;
        // Where every Debian has it, with or without a merged /usr.
        this.command = Command.of(LIMIT, "/bin/systemctl", "show", "--property=" + UnitReading.PROPERTIES, "--", unit);
        this.layer = new Layer("unit", interval, this::ask);
    }

    void start() {
        layer.start();
    }

    /** Its last word, which may be old; null before the first. */
    @Nullable
    UnitReading reading() {
        return reading;
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
