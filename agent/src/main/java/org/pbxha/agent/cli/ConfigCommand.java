// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.SettingsLoader.ShownOption;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.profile.NodeConfiguration;
import org.pbxha.agent.profile.ProfileLoader;
import org.pbxha.agent.profile.ProfileText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pbx-ha config}. Reads the files itself; a running agent keeps what it read when it started. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Check and show the configuration of this node.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class, ConfigCommand.ShowProfile.class})
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which: check, show or profile?");
    }

    /** What the three have in common: the file, and the way to say what is wrong with it. */
    abstract static class Reading implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "Read this file instead of /etc/pbx-ha/pbx-ha.yml.")
        private Path file = NodePaths.INSTALLED.configurationFile();

        @Override
        public final Integer call() {
            Console console = new Console(spec);
            try {
                say(console);
                return ExitCode.OK;
            } catch (ConfigException e) {
                console.error(String.valueOf(e.getMessage()));
                console.error(e.hint());
                return ExitCode.CONFIGURATION;
            }
        }

        final Path file() {
            return file;
        }

        final NodeConfiguration load() throws ConfigException {
            return NodeConfiguration.load(file, NodePaths.INSTALLED.profiles(), NodePaths.INSTALLED.fencing());
        }

        abstract void say(Console console) throws ConfigException;
    }

    /** {@code pbx-ha config check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Say everything that is wrong with the configuration and its profile, at once.",
                "Changes nothing, and needs no agent."
            },
            footer = {"", "Exit codes: 0 it is right; 78 it is not."})
    static final class Check extends Reading {
        @Override
        void say(Console console) throws ConfigException {
            NodeConfiguration configuration = load();
            console.print(file() + " is right: role "
                    + configuration.options().get(0).value() + ", profile "
                    + configuration.profile().name());
        }
    }

    /** {@code pbx-ha config show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Every option with its value and where it comes from.",
                "Passwords are in files of their own and are not shown."
            },
            footer = {"", "Exit codes: 0 done; 78 the configuration is wrong."})
    static final class Show extends Reading {
        @Override
        void say(Console console) throws ConfigException {
            for (ShownOption option : load().options()) {
                console.print("%-26s %-34s %s".formatted(option.key(), option.value(), option.origin()));
            }
        }
    }

    /** {@code pbx-ha config profile}. */
    @Command(
            name = "profile",
            mixinStandardHelpOptions = true,
            description = "In words, what a profile does on the way into and out of service, and what it copies.",
            footer = {"", "Exit codes: 0 done; 78 the profile is wrong, or the configuration that should name it."})
    static final class ShowProfile extends Reading {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "NAME",
                description = "Which profile; without it, the one of this node.")
        private @Nullable String name;

        @Override
        void say(Console console) throws ConfigException {
            ProfileLoader loader = new ProfileLoader(NodePaths.INSTALLED.profiles());
            console.print(ProfileText.render(name == null ? load().profile() : loader.load(name))
                    .stripTrailing());
        }
    }
}
