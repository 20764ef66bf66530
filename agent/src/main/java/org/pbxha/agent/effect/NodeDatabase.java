// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
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
    public NodeDatabase(Settings.Database settings, Profile.Database profile) {
        this.settings = settings;
        this.name = settings.name().orElse(profile.name());
        this.selection = selection(profile);
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

    /** What replication of a profile covers. */
    public static Selection selection(Profile.Database profile) {
        return new Selection(profile.schema(), profile.untouchedTables(), profile.versionTables());
    }

    /** What replication covers. */
    Selection selection() {
        return selection;
    }
}
