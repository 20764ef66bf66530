// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pbxha.agent.config.Option;
import org.pbxha.agent.config.Options;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.config.SettingsWriter;
import org.pbxha.agent.setup.PairedNode;

/** The configuration that setup writes: what the pair has agreed on, and of an earlier one whatever else it says. */
final class ConfigurationText {
    private ConfigurationText() {}

    /** Whether a configuration says already what the pair has agreed on; then it stays as it is, with its comments. */
    static boolean agrees(Settings settings, PairedNode node) {
        return settings.role() == node.role()
                && settings.profile().equals(node.profile().name())
                && settings.node().address().equals(Optional.of(node.own()))
                && settings.peer().address().equals(Optional.of(node.peer()))
                && settings.sync().extraDirectories().containsAll(node.extraDirectories());
    }

    /**
     * The text of a configuration.
     *
     * @param earlier whatever else it says is kept
     * @param data directory of the agent, for the secrets of a first one
     */
    static String render(PairedNode node, ExistingSettings earlier, Path data) {
        SettingsWriter writer = earlier.writer();
        Optional<Settings> before = earlier.settings();
        before.flatMap(settings -> settings.node()
                        .address()
                        .filter(address -> address.equals(settings.link().bind())))
                .ifPresent(address -> writer.clear(Options.LINK_BIND));
        if (before.isEmpty()) {
            Path secrets = data.resolve("secrets");
            setUnlessUsual(writer, Options.ASTERISK_AMI_SECRET_FILE, secrets.resolve("ami"));
            setUnlessUsual(writer, Options.DATABASE_PASSWORD_FILE, secrets.resolve("database"));
        }
        List<Path> extra = Stream.concat(
                        before.stream().flatMap(settings -> settings.sync().extraDirectories().stream()),
                        node.extraDirectories().stream())
                .distinct()
                .toList();
        setUnlessUsual(writer, Options.SYNC_EXTRA_DIRECTORIES, extra);
        return writer.set(Options.ROLE, node.role())
                .set(Options.PROFILE, node.profile().name())
                .set(Options.NODE_ADDRESS, node.own())
                .set(Options.PEER_ADDRESS, node.peer())
                .render();
    }

    private static <T> void setUnlessUsual(SettingsWriter writer, Option<T> option, T value) {
        if (!option.fallback().filter(value::equals).isPresent()) {
            writer.set(option, value);
        }
    }
}
