// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.config.SettingsLoader;
import org.pbxha.agent.config.SettingsWriter;

/**
 * The configuration that is there before setup, if there is one that can be used.
 *
 * @param file need not exist
 */
record ExistingSettings(Path file) {
    /** It, empty when there is none or it has mistakes: {@link #problem} says which. */
    Optional<Settings> settings() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SettingsLoader.load(file));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    /** Its values, to be written anew; none when it cannot be used. */
    SettingsWriter writer() {
        try {
            return settings().isPresent() ? SettingsLoader.writer(file) : new SettingsWriter();
        } catch (ConfigException e) {
            throw new IllegalStateException(file + " has just been read", e);
        }
    }

    /** Why it cannot be used, empty when it can or is not there. */
    Optional<String> problem() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            SettingsLoader.load(file);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
