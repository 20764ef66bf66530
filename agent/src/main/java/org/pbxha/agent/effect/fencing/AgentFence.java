// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.FencingMethod;
import org.pbxha.agent.config.FencingOptions;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/**
 * Runs one of Debian's fence agents, which switches the master's power off and confirms that by asking the device. Its
 * options go to its standard input, where nobody sees the passwords among them.
 *
 * @param method which agent
 * @param options directory of its options; read each time, so that a new password needs no restart
 * @param programs runs it
 */
record AgentFence(FencingMethod method, Path options, ProgramRunner programs) implements FenceMethod {
    private static final int OUTPUT_LIMIT = 4096;
    private static final int LONGEST_QUOTE = 300;
    private static final int IS_OFF = 2;

    @Override
    public String name() {
        return method.word();
    }

    @Override
    public String fence(HookFacts facts, Duration limit) throws FenceException, InterruptedException {
        Answer answer = run("off", limit);
        if (!answer.outcome().succeeded()) {
            throw new FenceException(answer.words());
        }
        return "the power is off";
    }

    @Override
    public String check(Duration limit) throws FenceException, InterruptedException {
        Answer answer = run("status", limit);
        if (!answer.outcome().timedOut() && answer.outcome().exitCode() == IS_OFF) {
            throw new FenceException(
                    "the device answers that the machine is OFF; unless it is, the options name another machine");
        }
        if (!answer.outcome().succeeded()) {
            throw new FenceException(answer.words());
        }
        return "the device answers that the machine is on";
    }

    /** How it ended, and that in words without secrets. */
    private record Answer(Outcome outcome, String words) {}

    private Answer run(String action, Duration limit) throws FenceException, InterruptedException {
        try {
            FencingOptions secret = FencingOptions.read(method.options(options));
            Outcome outcome = programs.run(new Command(
                    List.of(method.agent().toString()), Map.of(), limit, OUTPUT_LIMIT, secret.forAction(action)));
            String how = outcome.timedOut() ? "timed out" : "exit " + outcome.exitCode();
            return new Answer(outcome, how + ": " + end(secret.redact(outcome.complaint())));
        } catch (ConfigException e) {
            throw new FenceException(String.valueOf(e.getMessage()), e);
        } catch (ProcessException e) {
            throw new FenceException(e.getMessage() + ". " + e.hint(), e);
        }
    }

    /** Only what comes last says what went wrong; before it may stand half a password, which nothing recognises. */
    private static String end(String words) {
        return words.length() <= LONGEST_QUOTE ? words : "…" + words.substring(words.length() - LONGEST_QUOTE);
    }
}
