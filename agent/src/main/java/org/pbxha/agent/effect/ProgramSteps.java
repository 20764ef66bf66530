// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Files;
import java.time.Duration;
import org.pbxha.agent.effect.StepResult.Ending;
import org.pbxha.agent.profile.Step.RunProgram;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/** The steps that run a program of the platform. */
final class ProgramSteps {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int QUOTED_CHARACTERS = 500;

    private final ProgramRunner programs;
    private final Pace pace;
    private final OnceSaid missing;
    private final TakeoverMemory memory;

    ProgramSteps(ProgramRunner programs, Pace pace, OnceSaid missing, TakeoverMemory memory) {
        this.programs = programs;
        this.pace = pace;
        this.missing = missing;
        this.memory = memory;
    }

    Ending run(RunProgram step, long epoch) throws StepFailedException, InterruptedException {
        if (step.oncePerTakeover() && memory.has(epoch, step.text())) {
            return Ending.ALREADY;
        }
        if (!Files.exists(step.program())) {
            if (step.required()) {
                throw new StepFailedException("there is no " + step.program(), true);
            }
            missing.say("there is no " + step.program());
            return Ending.SKIPPED;
        }
        tryUntilItSucceeds(step);
        if (step.oncePerTakeover()) {
            // After it, not before: twice costs an agent one more login, never costs the agent.
            memory.remember(epoch, step.text());
        }
        return Ending.DONE;
    }

    private void tryUntilItSucceeds(RunProgram step) throws StepFailedException, InterruptedException {
        long start = pace.nanoTime();
        String complaint = attempt(step);
        while (!complaint.isEmpty() && pace.nanoTime() - start < step.retryFor().toNanos()) {
            pace.pause(BETWEEN_TRIES);
            complaint = attempt(step);
        }
        if (!complaint.isEmpty()) {
            throw new StepFailedException(complaint, step.required());
        }
    }

    /** Why it failed, empty when it did not. */
    private String attempt(RunProgram step) throws InterruptedException {
        try {
            Outcome outcome = programs.run(Command.of(step.limit(), step.argv()));
            if (outcome.succeeded()) {
                return "";
            }
            String how = outcome.timedOut()
                    ? "ended after " + step.limit().toSeconds() + " s"
                    : "exit " + outcome.exitCode();
            String words = outcome.complaint();
            int cut = Math.max(0, words.length() - QUOTED_CHARACTERS);
            return words.isEmpty() ? how : how + ": " + words.substring(cut);
        } catch (ProcessException e) {
            return e.getMessage() + "; " + e.hint();
        }
    }
}
