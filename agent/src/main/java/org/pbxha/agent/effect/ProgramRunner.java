// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/** Runs a program to its end. */
@FunctionalInterface
public interface ProgramRunner {
    /** Runs programs of this machine. */
    ProgramRunner REAL = BoundedProcess::run;

    /**
     * Runs a command within its time limit. A non-zero exit code or a time-out is an {@link Outcome}.
     *
     * @throws ProcessException when it cannot be started
     * @throws InterruptedException when this thread was interrupted; the program has been killed
     */
    Outcome run(Command command) throws ProcessException, InterruptedException;
}
