// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.pbxha.agent.effect.setup.Neighbours.SYSTEMCTL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;
import org.pbxha.sync.process.Outcome;

/**
 * The agent runs, now and after a reboot, with what setup has written. Starting it moves no service by itself.
 *
 * @param programs way to systemd
 * @param reads files that the agent reads when it starts
 */
record AgentChange(Programs programs, List<Path> reads) implements Change {
    static final String UNIT = "pbx-ha.service";
    /** Linux tells the start of a process relative to that of the host, which it rounds to a second. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    static Undo undo(Programs programs) {
        return (subject, memory) -> {
            programs.ask(SYSTEMCTL, "disable", "--quiet", "--now", subject);
            return "agent: stopped, and not started at boot any more";
        };
    }

    @Override
    public String id() {
        return Kind.AGENT.of(UNIT);
    }

    @Override
    public String describe() {
        return "start the agent (" + UNIT + "), now and at every boot";
    }

    @Override
    public boolean isDone() throws IOException {
        return programs.run(SYSTEMCTL, "is-enabled", "--quiet", UNIT).succeeded()
                && programs.run(SYSTEMCTL, "is-active", "--quiet", UNIT).succeeded()
                && hasReadAll();
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() throws IOException {
        programs.ask(SYSTEMCTL, "enable", "--quiet", UNIT);
        Outcome outcome = programs.run(SYSTEMCTL, "restart", UNIT);
        if (!outcome.succeeded()) {
            throw new IOException(
                    "it does not start: " + outcome.complaint() + "; see: journalctl -u " + UNIT + " -n 30");
        }
    }

    private boolean hasReadAll() throws IOException {
        String pid = programs.ask(SYSTEMCTL, "show", "--property=MainPID", "--value", UNIT)
                .strip();
        Optional<Instant> started = ProcessHandle.of(Long.parseLong(pid))
                .flatMap(process -> process.info().startInstant());
        for (Path file : reads) {
            if (started.isEmpty()
                    || Files.getLastModifiedTime(file)
                            .toInstant()
                            .isAfter(started.get().plus(ROUNDING))) {
                return false;
            }
        }
        return true;
    }
}
