// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

/** Knows the calls to come, in their order; any other call is an error of the test, and so is one that does not come. */
final class StrictPrograms implements ProgramRunner {
    private record Call(String command, int exit, Runnable effect) {}

    private final Queue<Call> script = new ArrayDeque<>();
    private final List<String> surprises = new ArrayList<>();

    /** The next call, which succeeds. */
    synchronized StrictPrograms then(String command) {
        return then(command, 0, () -> {});
    }

    /** The next call, how it ends, and what it does. */
    synchronized StrictPrograms then(String command, int exit, Runnable effect) {
        script.add(new Call(command, exit, effect));
        return this;
    }

    /** What did not go by the script; empty at the end of a good test. */
    synchronized List<String> complaints() {
        List<String> complaints = new ArrayList<>(surprises);
        script.forEach(call -> complaints.add("was never called: " + call.command()));
        return complaints;
    }

    @Override
    public Outcome run(Command command) {
        Call call;
        synchronized (this) {
            call = script.poll();
            if (call == null || !call.command().equals(command.toString())) {
                surprises.add("was called: " + command + " instead of " + call);
                throw new IllegalStateException("not in the script: " + command);
            }
        }
        call.effect().run();
        return new Outcome(call.exit(), "", call.exit() == 0 ? "" : "scripted failure", false, Duration.ZERO);
    }
}
