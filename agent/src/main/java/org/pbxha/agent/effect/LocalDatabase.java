// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.pbxha.agent.config.Settings;

/** Connections to this node's own database, as the role that setup made. */
public final class LocalDatabase {
    private static final String CONNECT_SECONDS = "5";

    private final String url;
    private final String user;
    private final Path passwordFile;

    /**
     * The database of these settings.
     *
     * @param name its name, from the settings or else from the profile
     */
    public LocalDatabase(Settings.Database settings, String name) {
        String host = settings.host().getHostAddress();
        String literal = host.contains(":") ? "[" + host + "]" : host;
        this.url = "jdbc:postgresql://" + literal + ":" + settings.port() + "/" + name;
        this.user = settings.user();
        this.passwordFile = settings.passwordFile();
    }

    /**
     * A fresh connection. Reading has no time-out, because copying a large table may keep it quiet for long; a dead server
     * shows by TCP keep-alive.
     */
    public Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password());
        properties.setProperty("ApplicationName", "pbx-ha");
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", "0");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(url, properties);
    }

    private String password() throws SQLException {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new SQLException(
                    "the password of the role " + user + " cannot be read from " + passwordFile
                            + "; `pbx-ha setup` makes it anew",
                    e);
        }
    }
}
