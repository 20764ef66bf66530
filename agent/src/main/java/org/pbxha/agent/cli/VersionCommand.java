// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.util.concurrent.Callable;
import org.pbxha.agent.control.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pbx-ha version}. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "The version of pbx-ha and of the Java it runs on.")
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        new Console(spec).print(new Version().getVersion()[0]);
        return ExitCode.OK;
    }
}
