// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.agent.config.DurationText;
import org.pbxha.agent.effect.StepResult.Ending;
import org.pbxha.agent.profile.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the steps of a profile, one after the other, from the first on: every step can be repeated, so a run that was
 * interrupted anywhere is simply run again. A step that fails is reported and the next one is tried, unless the failed one
 * is required. An interrupt of the thread ends the run before the next step, and what the current step waits for.
 */
public final class ServiceSteps {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceSteps.class);

    private final Pace pace;
    private final UnitSteps units;
    private final ProgramSteps programs;
    private final OnceSaid missing = new OnceSaid();

    /** Steps on this machine. */
    public ServiceSteps(ProgramRunner programs, TakeoverMemory memory) {
        this(programs, memory, Pace.REAL);
    }

    ServiceSteps(ProgramRunner programs, TakeoverMemory memory, Pace pace) {
        this.pace = pace;
        this.units = new UnitSteps(new Systemctl(programs), pace, missing);
        this.programs = new ProgramSteps(programs, pace, missing, memory);
    }

    /**
     * Runs all steps.
     *
     * @param epoch the takeover that the steps belong to; steps that are done once per takeover go by it
     * @return how each went; when it is interrupted, the interrupt flag of the thread is set again
     */
    public StepReport run(List<Step> steps, long epoch) {
        List<StepResult> results = new ArrayList<>();
        for (Step step : steps) {
            if (Thread.currentThread().isInterrupted()) {
                return new StepReport(results, true);
            }
            try {
                StepResult result = carryOut(step, epoch);
                log(result, results.size() + 1, steps.size());
                results.add(result);
                if (result.fatal()) {
                    return new StepReport(results, false);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new StepReport(results, true);
            }
        }
        return new StepReport(results, false);
    }

    private StepResult carryOut(Step step, long epoch) throws InterruptedException {
        long start = pace.nanoTime();
        try {
            return result(step, dispatch(step, epoch), "", false, start);
        } catch (StepFailedException e) {
            return result(step, Ending.FAILED, String.valueOf(e.getMessage()), e.fatal(), start);
        } catch (UnitException e) {
            return result(step, Ending.FAILED, String.valueOf(e.getMessage()), requires(step), start);
        } catch (IOException e) {
            return result(step, Ending.FAILED, e.toString(), false, start);
        }
    }

    private Ending dispatch(Step step, long epoch)
            throws StepFailedException, UnitException, IOException, InterruptedException {
        if (step instanceof Step.RunProgram run) {
            return programs.run(run, epoch);
        } else if (step instanceof Step.TouchFile touch) {
            return FileSteps.touch(touch, missing);
        } else if (step instanceof Step.RemoveFile remove) {
            return FileSteps.remove(remove);
        } else if (step instanceof Step.SetVariable set) {
            return FileSteps.set(set, missing);
        } else if (step instanceof Step.StartUnits start) {
            return units.start(start);
        } else if (step instanceof Step.StopUnits stop) {
            return units.stop(stop);
        } else if (step instanceof Step.EnableUnits enable) {
            return units.enable(enable.units());
        } else if (step instanceof Step.DisableUnits disable) {
            return units.disable(disable.units());
        } else if (step instanceof Step.TryRestartUnits restart) {
            return units.tryRestart(restart.units());
        } else if (step instanceof Step.TryReloadUnits reload) {
            return units.tryReload(reload.units());
        }
        throw new IllegalStateException("a step without an executor: " + step);
    }

    /** When systemd does not answer, a step that requires a unit has not reached it. */
    private static boolean requires(Step step) {
        return (step instanceof Step.StartUnits start && !start.required().isEmpty())
                || (step instanceof Step.StopUnits stop && !stop.required().isEmpty());
    }

    private StepResult result(Step step, Ending ending, String detail, boolean fatal, long start) {
        return new StepResult(step, ending, detail, fatal, Duration.ofNanos(pace.nanoTime() - start));
    }

    private static void log(StepResult result, int number, int of) {
        String took = DurationText.print(Duration.ofMillis(result.took().toMillis()));
        String text = result.step().text();
        switch (result.ending()) {
            case DONE -> LOG.info("step {}/{}: {}: done in {}", number, of, text, took);
            case ALREADY -> LOG.debug("step {}/{}: {}: was so already", number, of, text);
            case SKIPPED -> LOG.debug("step {}/{}: {}: not on this machine", number, of, text);
            case FAILED ->
                LOG.warn(
                        "step {}/{}: {}: failed after {}: {}{}",
                        number,
                        of,
                        text,
                        took,
                        result.detail(),
                        result.fatal() ? "; it is required, the steps after it wait for the next try" : "");
        }
    }
}
