// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.ServiceSteps;
import org.pbxha.agent.effect.StepReport;
import org.pbxha.agent.effect.TakeoverMemory;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.profile.ProfileLoader;

/**
 * Carries out the start steps of a profile, all of them.
 *
 * @param paths where profiles are
 */
record ProfileServices(NodePaths paths) implements ServeAgain {
    private static final long NO_TAKEOVER = 0;

    @Override
    public String start(String name) throws IOException {
        Path memory = paths.data().resolve("serve-again");
        try {
            StepReport report = new ServiceSteps(ProgramRunner.REAL, new TakeoverMemory(memory))
                    .run(profile(name).start(), NO_TAKEOVER);
            if (!report.complete()) {
                throw new IOException("telephony has not started: "
                        + report.failures().stream()
                                .map(failure -> failure.step().text() + ": " + failure.detail())
                                .collect(Collectors.joining("; ")));
            }
        } finally {
            AtomicFile.delete(memory);
        }
        return "telephony of this node: started";
    }

    private Profile profile(String name) throws IOException {
        try {
            return new ProfileLoader(paths.profiles()).load(name);
        } catch (ConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
