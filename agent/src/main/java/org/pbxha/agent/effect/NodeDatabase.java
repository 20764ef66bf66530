// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pbxha.agent.config.CategoryFate;
import org.pbxha.agent.config.CategoryFate.Fate;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.profile.Profile;
import org.pbxha.sync.postgres.ConnectionSource;
import org.pbxha.sync.postgres.LocalDatabase;
import org.pbxha.sync.postgres.Selection;

/** This node's database as the profile and the configuration describe it; the password is read anew for each connection. */
public final class NodeDatabase implements ConnectionSource {
    private final Settings.Database settings;
    private final String name;
    private final Selection selection;

    /** The database of a profile, under the name that the configuration may give it. */
    public NodeDatabase(Settings settings, Profile.Database profile) {
        this.settings = settings.database();
        this.name = this.settings.name().orElse(profile.name());
        this.selection = selection(profile, settings.replication().categories());
    }

    @Override
    public Connection open() throws SQLException {
        try {
            String password = Files.readString(settings.passwordFile()).strip();
            return new LocalDatabase(settings.port(), name, settings.user(), password).open();
        } catch (IOException e) {
            throw new SQLException(
                    "the password of the role " + settings.user() + " cannot be read from " + settings.passwordFile()
                            + "; `pbx-ha setup` makes it anew",
                    e);
        }
    }

    /**
     * What replication of a profile covers.
     *
     * @param overrides categories with another fate than the profile gives them
     */
    public static Selection selection(Profile.Database profile, List<CategoryFate> overrides) {
        Map<String, Fate> fates =
                overrides.stream().collect(Collectors.toMap(CategoryFate::category, CategoryFate::fate, (a, b) -> b));
        List<Selection.Category> categories = profile.categories().stream()
                .map(category -> new Selection.Category(
                        category.name(), category.tables(), fate(fates.getOrDefault(category.name(), category.fate()))))
                .toList();
        return new Selection(profile.schema(), Set.of(), profile.versionTables(), categories, fate(profile.unnamed()));
    }

    private static Selection.Fate fate(Fate configured) {
        return switch (configured) {
            case REPLICATE -> Selection.Fate.REPLICATE;
            case LEAVE -> Selection.Fate.LEAVE;
        };
    }

    /** What replication covers. */
    Selection selection() {
        return selection;
    }
}
