// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.pbxha.sync.postgres.ConnectionSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The reporting database.
 *
 * @param url {@code jdbc:postgresql://host:port/db}, with parameters of pgjdbc, without user and password
 * @param user role
 * @param password of the role
 */
public record TargetDatabase(String url, String user, String password) implements ConnectionSource {
    private static final String CONNECT_SECONDS = "10";
    private static final String CANCEL_SECONDS = "2";
    /** Also bounds a login at which the target falls silent. */
    private static final String SILENT_SECONDS = "60";

    @Override
    public Connection open() throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.APPLICATION_NAME.set(properties, "pbx-ha events");
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, SILENT_SECONDS);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // The details of an error quote rows.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the PostgreSQL driver does not know the URL of the target");
        }
        return connection;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
