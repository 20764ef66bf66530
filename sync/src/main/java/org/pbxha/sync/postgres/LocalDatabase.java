// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * This node's own PostgreSQL, over loopback TCP.
 *
 * @param port usually 5432
 * @param name database
 * @param user role
 * @param password of the role
 */
public record LocalDatabase(int port, String name, String user, String password) implements ConnectionSource {
    private static final String CONNECT_SECONDS = "5";
    private static final String CANCEL_SECONDS = "2";

    @Override
    public Connection open() throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.APPLICATION_NAME.set(properties, "pbx-ha");
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
        // A COPY may be silent for as long as the peer is slow, so reads have no limit: keepalive and cancellation end
        // them.
        PGProperty.SOCKET_TIMEOUT.set(properties, "0");
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // Nothing of loopback leaves this host, and encryption would take most of the time of a copy. Only where
        // pg_hba.conf
        // insists on it is it used.
        PGProperty.SSL_MODE.set(properties, "allow");
        // The details of an error quote rows, and rows hold passwords.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the PostgreSQL driver does not know its own URL");
        }
        return connection;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@127.0.0.1:" + port + "/" + name;
    }
}
