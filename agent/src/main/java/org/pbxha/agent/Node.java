// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.IsolationPolicy;
import org.pbxha.agent.config.Problem;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.effect.ProfileServices;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.ServiceRunner;
import org.pbxha.agent.effect.ServiceSteps;
import org.pbxha.agent.effect.StepReport;
import org.pbxha.agent.effect.TakeoverMemory;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.profile.NodeConfiguration;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.profile.Step;
import org.pbxha.agent.state.DurableState;

/**
 * What is fixed about this node while the agent runs.
 *
 * @param paths where everything is
 * @param settings the checked configuration
 * @param profile the platform
 * @param store the durable state, up to date for this boot
 * @param journal the event journal
 */
record Node(NodePaths paths, Settings settings, Profile profile, DurableState store, Journal journal) {
    /** How long a slave must have stood by for earlier takeovers to count no more. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    /**
     * Reads it all, and brings the state up to date.
     *
     * @throws StartupException with every problem of the configuration, or why the state cannot be used
     */
    static Node load(NodePaths paths) throws StartupException {
        try {
            NodeConfiguration configuration =
                    NodeConfiguration.load(paths.configurationFile(), paths.profiles(), paths.fencing());
            Settings settings = configuration.settings();
            if (settings.role() == Role.DISABLED) {
                throw new StartupException(
                        ExitCode.CONFIGURATION, "the role of this node is disabled; run `pbx-ha setup` to change it");
            }
            DurableState store = new DurableState(paths.state());
            StartState.prepare(store, settings.role());
            return new Node(paths, settings, configuration.profile(), store, new Journal(paths.journal()));
        } catch (ConfigException e) {
            String problems = e.problems().stream().map(Problem::text).collect(Collectors.joining("\n  "));
            throw new StartupException(
                    ExitCode.CONFIGURATION, e.file() + " is wrong:\n  " + problems + "\n" + e.hint(), e);
        }
    }

    Role role() {
        return settings.role();
    }

    /** The times and policies that the rules follow. */
    Limits limits() {
        Settings.Failback failback = settings.failback();
        Settings.Isolation isolation = settings.isolation();
        return new Limits(
                settings.takeover().after(),
                settings.takeover().unfencedAfter(),
                settings.fencing().required(),
                new Limits.Isolation(
                        isolation.after(), isolation.stopAfter(), isolation.policy() == IsolationPolicy.KEEP_SERVING),
                new Limits.Failback(failback.policy(), failback.holdDown(), failback.drainLimit(), QUIET),
                new Limits.Boot(settings.boot().masterWait(), settings.boot().slaveWait()));
    }

    ServiceRunner.Steps steps(Runnable beforeStart) {
        ServiceSteps steps = new ServiceSteps(ProgramRunner.REAL, new TakeoverMemory(paths.takeoverMemory()));
        return new ProfileServices(profile, steps, beforeStart, journal);
    }

    /** Carries out what the profile says a slave's services need when replication has changed something. */
    StepReport afterReplication() {
        List<Step> steps = profile.database().map(Profile.Database::after).orElse(List.of());
        return new ServiceSteps(ProgramRunner.REAL, new TakeoverMemory(paths.takeoverMemory())).run(steps, 0);
    }
}
