// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.stream.Collectors;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.profile.Profile;

/** Moves this node's services by the steps of its profile. */
public final class ProfileServices implements ServiceRunner.Steps {
    private final Profile profile;
    private final ServiceSteps steps;
    private final Runnable beforeStart;
    private final Journal journal;

    /**
     * The services of a profile.
     *
     * @param beforeStart lets go of what must not be held while services start
     */
    public ProfileServices(Profile profile, ServiceSteps steps, Runnable beforeStart, Journal journal) {
        this.profile = profile;
        this.steps = steps;
        this.beforeStart = beforeStart;
        this.journal = journal;
    }

    @Override
    public boolean run(ServiceState towards, long epoch) {
        boolean starting = towards == ServiceState.ACTIVE;
        if (starting) {
            beforeStart.run();
        }
        StepReport report = steps.run(starting ? profile.start() : profile.stop(), epoch);
        journal.note("steps", towards, epoch, text(starting, report));
        return report.complete();
    }

    private static String text(boolean starting, StepReport report) {
        String what = starting ? "start steps" : "stop steps";
        if (report.interrupted()) {
            return what + " called off";
        }
        String failures = report.failures().stream()
                .map(failure -> failure.step().text() + ": " + failure.detail())
                .collect(Collectors.joining("; "));
        String ending = report.complete() ? what + " complete" : what + " NOT complete, they are repeated";
        return failures.isEmpty() ? ending : ending + "; failed: " + failures;
    }
}
