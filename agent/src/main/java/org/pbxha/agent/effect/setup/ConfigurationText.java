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
    private final SettingsWriter writer = new SettingsWriter();

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
     * @param data directory of the agent, for the secrets of a first one
     */
    static String render(PairedNode node, Optional<Settings> earlier, Path data) {
        ConfigurationText text = new ConfigurationText();
        text.keep(Options.ASTERISK_AMI_SECRET_FILE, data.resolve("secrets").resolve("ami"));
        text.keep(Options.DATABASE_PASSWORD_FILE, data.resolve("secrets").resolve("database"));
        earlier.ifPresent(text::keep);
        List<Path> extra = Stream.concat(
                        earlier.stream().flatMap(settings -> settings.sync().extraDirectories().stream()),
                        node.extraDirectories().stream())
                .distinct()
                .toList();
        text.keep(Options.SYNC_EXTRA_DIRECTORIES, extra);
        return text.writer
                .set(Options.ROLE, node.role())
                .set(Options.PROFILE, node.profile().name())
                .set(Options.NODE_ADDRESS, node.own())
                .set(Options.PEER_ADDRESS, node.peer())
                .render();
    }

    private void keep(Settings settings) {
        settings.node()
                .address()
                .filter(address -> !address.equals(settings.link().bind()))
                .ifPresent(
                        address -> writer.set(Options.LINK_BIND, settings.link().bind()));
        keep(Options.LINK_PORT, settings.link().port());
        keep(Options.WATCH_INTERVAL, settings.watch().interval());
        keep(Options.TAKEOVER_AFTER, settings.takeover().after());
        keep(Options.TAKEOVER_WITNESS, settings.takeover().witness());
        keep(Options.FAILBACK_HOLD_DOWN, settings.failback().holdDown());
        keep(Options.BOOT_MASTER_WAIT, settings.boot().masterWait());
        keep(Options.BOOT_SLAVE_WAIT, settings.boot().slaveWait());
        keep(Options.ASTERISK_SIP_PORT, settings.asterisk().sipPort());
        keep(Options.ASTERISK_AMI_HOST, settings.asterisk().amiHost());
        keep(Options.ASTERISK_AMI_PORT, settings.asterisk().amiPort());
        keep(Options.ASTERISK_AMI_USER, settings.asterisk().amiUser());
        keep(Options.ASTERISK_AMI_SECRET_FILE, settings.asterisk().amiSecretFile());
        keep(Options.DATABASE_PORT, settings.database().port());
        settings.database().name().ifPresent(name -> writer.set(Options.DATABASE_NAME, name));
        keep(Options.DATABASE_USER, settings.database().user());
        keep(Options.DATABASE_PASSWORD_FILE, settings.database().passwordFile());
        keep(Options.REPLICATION_SCHEDULE, settings.replication().schedule());
        keep(Options.SYNC_SCHEDULE, settings.sync().schedule());
        keep(Options.SSH_PORT, settings.ssh().port());
    }

    private <T> void keep(Option<T> option, T value) {
        if (!option.fallback().filter(value::equals).isPresent()) {
            writer.set(option, value);
        }
    }
}
