// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.BuildVersion;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.Options;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.config.SettingsLoader;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.effect.setup.NodeSetup;
import org.pbxha.agent.profile.ProfileLoader;
import org.pbxha.agent.setup.DisableSetup;
import org.pbxha.agent.setup.LocalAddress;
import org.pbxha.agent.setup.MasterSetup;
import org.pbxha.agent.setup.NodeMachinery;
import org.pbxha.agent.setup.PlatformGuess;
import org.pbxha.agent.setup.SetupContext;
import org.pbxha.agent.setup.SetupException;
import org.pbxha.agent.setup.SetupLock;
import org.pbxha.agent.setup.SlaveSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pbx-ha setup}: makes two PBXs a pair, and takes it back. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = {
            "Make two PBXs a pair, or take it back.",
            "First `pbx-ha setup slave` on one node, then `pbx-ha setup master --peer ADDRESS` on the other one."
        },
        footer = {"", "Exit codes: 0 done; 1 failed, or not agreed to; 2 wrong usage; 78 wrong configuration."})
final class SetupCommand implements Runnable {
    private static final String YES = "Do not ask: you agree to what will be shown.";
    private static final String PROFILE =
            "Platform of this node: xivo, wazo, asterisk or one of yours. Default: as found.";

    private final Supplier<NodeMachinery> node;
    private final NodePaths paths;

    @Spec
    private CommandSpec spec;

    SetupCommand() {
        this(NodeSetup::ofThisMachine, NodePaths.INSTALLED);
    }

    SetupCommand(Supplier<NodeMachinery> node, NodePaths paths) {
        this.node = node;
        this.paths = paths;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which one: slave, master or disable?");
    }

    @Command(
            name = "slave",
            mixinStandardHelpOptions = true,
            description = {
                "Make this node the slave: show a code, and wait for the master to be given it.",
                "Its telephony stops when the master pairs, and starts again whenever the master dies."
            })
    int slave(
            @Option(names = "--profile", paramLabel = "NAME", description = PROFILE) @Nullable String profile,
            @Option(
                            names = {"-y", "--yes"},
                            description = YES)
                    boolean yes) {
        return run(dialogue -> new SlaveSetup(context(profile), dialogue, yes).run());
    }

    @Command(
            name = "master",
            mixinStandardHelpOptions = true,
            description = {
                "Make this node the master: ask for the slave's code, check both nodes, show what will change, and pair.",
                "The code is read from standard input, so that no process list shows it."
            })
    int master(
            @Option(names = "--peer", required = true, paramLabel = "ADDRESS", description = "The slave.") String peer,
            @Option(
                            names = "--address",
                            paramLabel = "ADDRESS",
                            description = "The address of this node that phones register to. Default: the one"
                                    + " towards the slave.")
                    @Nullable
                    String address,
            @Option(names = "--profile", paramLabel = "NAME", description = PROFILE) @Nullable String profile,
            @Option(
                            names = {"-y", "--yes"},
                            description = YES)
                    boolean yes) {
        InetAddress slave = resolve("--peer", peer);
        Optional<InetAddress> given = Optional.ofNullable(address).map(text -> resolve("--address", text));
        return run(dialogue -> {
            if (LocalAddress.isOurs(slave)) {
                throw new ParameterException(spec.commandLine(), "--peer " + peer + " is this node itself");
            }
            InetAddress own = given.isPresent() ? given.get() : LocalAddress.towards(slave);
            return new MasterSetup(context(profile), slave, own, dialogue, yes).run();
        });
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = {
                "Take everything back that setup has changed on this node; an older high availability is restored.",
                "Telephony goes on where it runs, and starts on a standby slave."
            })
    int disable(
            @Option(
                            names = {"-y", "--yes"},
                            description = YES)
                    boolean yes) {
        return run(dialogue -> new DisableSetup(node.get(), dialogue, yes).run());
    }

    private interface Work {
        int with(TerminalDialogue dialogue) throws IOException, SetupException, ConfigException, InterruptedException;
    }

    private int run(Work work) {
        TerminalDialogue dialogue = new TerminalDialogue(spec);
        try {
            requireRoot();
            SetupLock lock = SetupLock.take(paths.data());
            try {
                return work.with(dialogue);
            } finally {
                lock.close();
            }
        } catch (SetupException e) {
            dialogue.problem(String.valueOf(e.getMessage()), e.hint());
            return ExitCode.FAILED;
        } catch (ConfigException e) {
            dialogue.problem(String.valueOf(e.getMessage()), e.hint());
            return ExitCode.CONFIGURATION;
        } catch (IOException e) {
            dialogue.problem(String.valueOf(e.getMessage()), "Mend it and run the same command again.");
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private SetupContext context(@Nullable String wanted) throws ConfigException {
        Optional<Settings> earlier = Files.exists(paths.configurationFile())
                ? Optional.of(SettingsLoader.load(paths.configurationFile()))
                : Optional.empty();
        String name = wanted == null ? earlier.map(Settings::profile).orElseGet(SetupCommand::guess) : wanted;
        return new SetupContext(
                node.get(),
                paths.data(),
                new ProfileLoader(paths.profiles()).load(name),
                BuildVersion.current(),
                ports(earlier),
                earlier.map(settings -> settings.sync().extraDirectories()).orElse(List.of()));
    }

    private static String guess() {
        return PlatformGuess.profile(Path.of("/"));
    }

    private static SetupContext.Ports ports(Optional<Settings> earlier) {
        return new SetupContext.Ports(
                earlier.map(settings -> settings.link().port())
                        .or(Options.LINK_PORT::fallback)
                        .orElseThrow(),
                earlier.map(settings -> settings.ssh().port())
                        .or(Options.SSH_PORT::fallback)
                        .orElseThrow(),
                earlier.map(settings -> settings.asterisk().sipPort())
                        .or(Options.ASTERISK_SIP_PORT::fallback)
                        .orElseThrow());
    }

    private InetAddress resolve(String option, String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new ParameterException(spec.commandLine(), option + " " + text + " is no address of a host");
        }
    }

    private static void requireRoot() throws IOException, SetupException {
        if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new SetupException("setup must be run by root", "Run it with sudo.", null);
        }
    }
}
