// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd, by its command. Jobs are queued and not waited for: the start of a gated unit asks for the state of the
 * agent, which must not be waiting for that unit meanwhile.
 */
public final class Systemctl {
    /** Where every Debian has it, with or without a merged /usr. */
    static final String PROGRAM = "/bin/systemctl";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PROPERTIES = "LoadState,ActiveState,SubState,UnitFileState,Result,ConditionResult,Job";

    private static final Logger LOG = LoggerFactory.getLogger(Systemctl.class);

    private final ProgramRunner programs;

    /** A systemd that is reached through a way to run programs. */
    public Systemctl(ProgramRunner programs) {
        this.programs = programs;
    }

    /** The states of units, by one call, in the order asked; a unit that does not exist has one as well. */
    public Map<String, UnitState> states(List<String> units) throws UnitException, InterruptedException {
        Map<String, UnitState> states = new LinkedHashMap<>();
        if (units.isEmpty()) {
            return states;
        }
        List<String> argv = new ArrayList<>(List.of(PROGRAM, "show", "--property=" + PROPERTIES, "--"));
        argv.addAll(units);
        Outcome outcome = run(argv);
        // One block of lines per unit, in the order of the arguments.
        List<String> blocks = List.of(outcome.output().strip().split("\n\n", -1));
        if (!outcome.succeeded() || blocks.size() != units.size()) {
            throw new UnitException("systemctl show failed (exit " + outcome.exitCode() + "): " + outcome.complaint());
        }
        for (int i = 0; i < units.size(); i++) {
            states.put(units.get(i), state(units.get(i), blocks.get(i)));
        }
        return states;
    }

    /** Whether this host shuts down or restarts; no, when systemd does not say. */
    public boolean hostIsStopping() throws InterruptedException {
        try {
            return run(List.of(PROGRAM, "is-system-running")).output().strip().equals("stopping");
        } catch (UnitException e) {
            LOG.warn("nobody knows whether this host shuts down: {}", e.getMessage());
            return false;
        }
    }

    /** Queues the start of units; returns systemd's complaint, empty for none. */
    String start(List<String> units) throws UnitException, InterruptedException {
        return call(List.of("start", "--no-block"), units);
    }

    /** Queues the stop of units. */
    String stop(List<String> units) throws UnitException, InterruptedException {
        return call(List.of("stop", "--no-block"), units);
    }

    /** Queues the restart of those units that run. */
    String tryRestart(List<String> units) throws UnitException, InterruptedException {
        return call(List.of("try-restart", "--no-block"), units);
    }

    /** Queues a reload of those units that run, or a restart of those that cannot reload. */
    String tryReload(List<String> units) throws UnitException, InterruptedException {
        return call(List.of("try-reload-or-restart", "--no-block"), units);
    }

    /** Lets units that failed too often start again. */
    String resetFailed(List<String> units) throws UnitException, InterruptedException {
        return call(List.of("reset-failed"), units);
    }

    /** Makes units start at boot. */
    String enable(List<String> units) throws UnitException, InterruptedException {
        return call(List.of("enable", "--quiet"), units);
    }

    /** Keeps units from starting at boot. */
    String disable(List<String> units) throws UnitException, InterruptedException {
        return call(List.of("disable", "--quiet"), units);
    }

    private String call(List<String> verb, List<String> units) throws UnitException, InterruptedException {
        List<String> argv = new ArrayList<>();
        argv.add(PROGRAM);
        argv.addAll(verb);
        argv.add("--");
        argv.addAll(units);
        Outcome outcome = run(argv);
        return outcome.succeeded() ? "" : "exit " + outcome.exitCode() + ": " + outcome.complaint();
    }

    private Outcome run(List<String> argv) throws UnitException, InterruptedException {
        try {
            Outcome outcome = programs.run(Command.of(LIMIT, argv));
            if (outcome.timedOut()) {
                throw new UnitException(
                        "systemd did not answer within " + LIMIT.toSeconds() + " s: " + String.join(" ", argv));
            }
            return outcome;
        } catch (ProcessException e) {
            throw new UnitException(e.getMessage() + "; " + e.hint());
        }
    }

    private static UnitState state(String unit, String block) {
        Map<String, String> values = new LinkedHashMap<>();
        block.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        // Older versions say Job=0 for none, newer ones Job=.
        String job = values.getOrDefault("Job", "");
        return new UnitState(
                unit,
                values.getOrDefault("LoadState", ""),
                values.getOrDefault("ActiveState", ""),
                values.getOrDefault("SubState", ""),
                values.getOrDefault("UnitFileState", ""),
                values.getOrDefault("Result", ""),
                values.getOrDefault("ConditionResult", "").equals("yes"),
                !job.isEmpty() && !job.equals("0"));
    }
}
