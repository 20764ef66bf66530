// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.pbxha.agent.effect.StepResult.Ending;
import org.pbxha.agent.profile.Step.StartUnits;
import org.pbxha.agent.profile.Step.StopUnits;

/**
 * The steps about units. Success is a unit that is active or stopped, never an exit code: systemctl returns 0 for a
 * unit whose condition kept it from starting.
 */
final class UnitSteps {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Systemctl systemd;
    private final Pace pace;
    private final OnceSaid missing;

    UnitSteps(Systemctl systemd, Pace pace, OnceSaid missing) {
        this.systemd = systemd;
        this.pace = pace;
        this.missing = missing;
    }

    Ending start(StartUnits step) throws StepFailedException, UnitException, InterruptedException {
        Map<String, UnitState> before = systemd.states(step.units());
        List<String> present = present(before.values());
        requirePresent(step.required(), before);
        List<String> idle =
                present.stream().filter(unit -> !state(before, unit).isActive()).toList();
        if (idle.isEmpty()) {
            return present.isEmpty() ? Ending.SKIPPED : Ending.ALREADY;
        }
        // One that failed too often is refused by systemd until it is forgiven.
        List<String> failed = idle.stream()
                .filter(unit -> state(before, unit).active().equals("failed"))
                .toList();
        String complaint = failed.isEmpty() ? "" : systemd.resetFailed(failed);
        complaint += systemd.start(idle);
        if (step.limit().isZero()) {
            if (!complaint.isEmpty()) {
                throw new StepFailedException(complaint, false);
            }
            return Ending.DONE;
        }
        await(idle, step.limit(), UnitState::isActive, step.required(), complaint);
        return Ending.DONE;
    }

    Ending stop(StopUnits step) throws StepFailedException, UnitException, InterruptedException {
        Map<String, UnitState> before = systemd.states(step.units());
        List<String> present = present(before.values());
        List<String> running = step.units().stream()
                .filter(unit -> !state(before, unit).isStopped())
                .toList();
        if (running.isEmpty()) {
            return present.isEmpty() ? Ending.SKIPPED : Ending.ALREADY;
        }
        String complaint = systemd.stop(running);
        await(running, step.limit(), UnitState::isStopped, step.required(), complaint);
        return Ending.DONE;
    }

    Ending enable(List<String> units) throws StepFailedException, UnitException, InterruptedException {
        return setBoot(units, "enabled", systemd::enable);
    }

    Ending disable(List<String> units) throws StepFailedException, UnitException, InterruptedException {
        return setBoot(units, "disabled", systemd::disable);
    }

    Ending tryRestart(List<String> units) throws StepFailedException, UnitException, InterruptedException {
        return whereActive(units, systemd::tryRestart);
    }

    Ending tryReload(List<String> units) throws StepFailedException, UnitException, InterruptedException {
        return whereActive(units, systemd::tryReload);
    }

    private Ending whereActive(List<String> units, Call call)
            throws StepFailedException, UnitException, InterruptedException {
        Map<String, UnitState> now = systemd.states(units);
        List<String> active = present(now.values()).stream()
                .filter(unit -> state(now, unit).isActive())
                .toList();
        if (active.isEmpty()) {
            return Ending.SKIPPED;
        }
        String complaint = call.on(active);
        if (!complaint.isEmpty()) {
            throw new StepFailedException(complaint, false);
        }
        return Ending.DONE;
    }

    /** One of systemctl's verbs; returns its complaint, empty when it has none. */
    @FunctionalInterface
    private interface Call {
        String on(List<String> units) throws UnitException, InterruptedException;
    }

    private Ending setBoot(List<String> units, String wanted, Call call)
            throws StepFailedException, UnitException, InterruptedException {
        Map<String, UnitState> before = systemd.states(units);
        List<String> present = present(before.values());
        // A unit made from a SysV script is "generated" whatever it does at boot: the call finds out.
        List<String> other = present.stream()
                .filter(unit -> !state(before, unit).file().equals(wanted))
                .toList();
        if (other.isEmpty()) {
            return present.isEmpty() ? Ending.SKIPPED : Ending.ALREADY;
        }
        String complaint = call.on(other);
        if (!complaint.isEmpty()) {
            throw new StepFailedException(complaint, false);
        }
        return Ending.DONE;
    }

    /** Waits until the units are as wanted, or have come to rest otherwise, or the time is over. */
    private void await(
            List<String> units, Duration limit, Predicate<UnitState> wanted, List<String> required, String complaint)
            throws StepFailedException, UnitException, InterruptedException {
        long start = pace.nanoTime();
        Map<String, UnitState> now = systemd.states(units);
        while (now.values().stream().anyMatch(unit -> unit.isMoving() && !wanted.test(unit))
                && pace.nanoTime() - start < limit.toNanos()) {
            pace.pause(POLL);
            now = systemd.states(units);
        }
        List<UnitState> wrong = now.values().stream().filter(wanted.negate()).toList();
        if (!wrong.isEmpty()) {
            List<String> reasons = new ArrayList<>();
            wrong.forEach(unit -> reasons.add(unit.unit() + " " + unit.why()));
            if (!complaint.isEmpty()) {
                reasons.add("systemctl: " + complaint);
            }
            boolean fatal = wrong.stream().anyMatch(unit -> required.contains(unit.unit()));
            throw new StepFailedException(String.join("; ", reasons), fatal);
        }
    }

    private List<String> present(Collection<UnitState> states) {
        missing.sayMissing(states.stream()
                .filter(UnitState::isMissing)
                .map(UnitState::unit)
                .toList());
        return states.stream()
                .filter(state -> !state.isMissing())
                .map(UnitState::unit)
                .toList();
    }

    private static void requirePresent(List<String> required, Map<String, UnitState> states)
            throws StepFailedException {
        for (String unit : required) {
            if (state(states, unit).isMissing()) {
                throw new StepFailedException(
                        unit + " is " + state(states, unit).load(), true);
            }
        }
    }

    private static UnitState state(Map<String, UnitState> states, String unit) {
        UnitState state = states.get(unit);
        if (state == null) {
            throw new IllegalStateException("nobody asked for " + unit);
        }
        return state;
    }
}
