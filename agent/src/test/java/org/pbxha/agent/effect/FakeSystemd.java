// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

/**
 * A machine in memory: units that start and stop when its time passes, and scripted programs. Strict: a call that it does
 * not know fails the test.
 */
final class FakeSystemd implements ProgramRunner, Pace {
    private static final Duration JOB = Duration.ofMillis(500);

    /** A unit and the job it is in. */
    private static final class Unit {
        private String load = "loaded";
        private String active = "inactive";
        private String file = "disabled";
        private String result = "success";
        private boolean condition;
        private String goal = "";
        private long goalAt;
    }

    final List<String> calls = new ArrayList<>();
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Map<String, Function<List<String>, Outcome>> programs = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> slow = new HashSet<>();
    private final Set<String> gated = new HashSet<>();
    private long now;

    FakeSystemd unit(String... names) {
        for (String name : names) {
            units.put(name, new Unit());
        }
        return this;
    }

    FakeSystemd active(String name) {
        unit(name);
        of(name).active = "active";
        return this;
    }

    FakeSystemd masked(String name) {
        unit(name);
        of(name).load = "masked";
        return this;
    }

    FakeSystemd failed(String name) {
        unit(name);
        of(name).active = "failed";
        return this;
    }

    /** Its start ends in failed. */
    FakeSystemd broken(String name) {
        unit(name);
        broken.add(name);
        return this;
    }

    /** It neither starts nor stops in time. */
    FakeSystemd slow(String name) {
        slow.add(name);
        return this;
    }

    /** Its ExecCondition is false: systemctl start returns 0 and nothing runs. */
    FakeSystemd gated(String name) {
        unit(name);
        gated.add(name);
        return this;
    }

    FakeSystemd program(String path, Function<List<String>, Outcome> behaviour) {
        programs.put(path, behaviour);
        return this;
    }

    String stateOf(String name) {
        settle();
        return of(name).active;
    }

    String bootOf(String name) {
        return of(name).file;
    }

    static Outcome exit(int code, String words) {
        return new Outcome(code, words, "", false, Duration.ZERO);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        now += time.toNanos();
    }

    @Override
    public Outcome run(Command command) {
        List<String> argv = command.argv();
        if (!argv.get(0).equals(Systemctl.PROGRAM)) {
            Function<List<String>, Outcome> program = programs.get(argv.get(0));
            if (program == null) {
                throw new AssertionError("unexpected program: " + argv);
            }
            calls.add(String.join(" ", argv));
            return program.apply(argv);
        }
        settle();
        int dashes = argv.indexOf("--");
        List<String> names = argv.subList(dashes + 1, argv.size());
        return systemctl(String.join(" ", argv.subList(1, dashes)), names);
    }

    private Outcome systemctl(String verb, List<String> names) {
        if (verb.startsWith("show --property=")) {
            return exit(0, String.join("\n", names.stream().map(this::show).toList()));
        }
        calls.add(verb + " " + String.join(" ", names));
        for (String name : names) {
            Unit unit = units.get(name);
            if (unit == null) {
                return exit(5, "Unit " + name + " not found.");
            }
            act(verb, name, unit);
        }
        return exit(0, "");
    }

    private void act(String verb, String name, Unit unit) {
        switch (verb) {
            case "start --no-block" -> {
                if (unit.active.equals("failed")) {
                    throw new AssertionError("systemd refuses a unit that failed too often: " + name);
                }
                move(name, unit, broken.contains(name) ? "failed" : gated.contains(name) ? "gated" : "active");
            }
            case "stop --no-block" -> move(name, unit, "inactive");
            case "try-restart --no-block", "try-reload-or-restart --no-block" -> move(name, unit, unit.active);
            case "reset-failed" -> unit.active = "inactive";
            case "enable --quiet" -> unit.file = "enabled";
            case "disable --quiet" -> unit.file = "disabled";
            default -> throw new AssertionError("unexpected: systemctl " + verb + " " + name);
        }
    }

    private void move(String name, Unit unit, String goal) {
        unit.goal = goal;
        unit.goalAt = slow.contains(name) ? Long.MAX_VALUE : now + JOB.toNanos();
    }

    private void settle() {
        for (Unit unit : units.values()) {
            if (!unit.goal.isEmpty() && now >= unit.goalAt) {
                boolean shut = unit.goal.equals("gated");
                unit.active = shut ? "inactive" : unit.goal;
                unit.result = shut ? "exec-condition" : unit.goal.equals("failed") ? "exit-code" : "success";
                unit.condition = unit.condition || !unit.goal.equals("inactive");
                unit.goal = "";
            }
        }
    }

    private String show(String name) {
        Unit unit = units.get(name);
        if (unit == null) {
            unit = new Unit();
            unit.load = "not-found";
            unit.file = "";
        }
        String active =
                unit.goal.isEmpty() ? unit.active : unit.goal.equals("inactive") ? "deactivating" : "activating";
        return "LoadState=" + unit.load + "\nActiveState=" + active + "\nSubState=x\nUnitFileState=" + unit.file
                + "\nResult="
                + unit.result + "\nConditionResult=" + (unit.condition ? "yes" : "no") + "\nJob="
                + (unit.goal.isEmpty() ? "" : "42") + "\n";
    }

    private Unit of(String name) {
        Unit unit = units.get(name);
        if (unit == null) {
            throw new AssertionError("no such unit: " + name);
        }
        return unit;
    }
}
