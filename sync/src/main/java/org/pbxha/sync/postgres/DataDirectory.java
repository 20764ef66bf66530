// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk that the local PostgreSQL writes on. The server itself tells an ordinary role neither its directory nor its file
 * system. The lock file beside its socket names the directory, and root may read that.
 */
final class DataDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    /** Of the lock file: its first line is the server's process, its second one the directory. */
    private static final int DIRECTORY_LINE = 1;

    private DataDirectory() {}

    /** Free bytes for the server of a connection; empty when they cannot be told. */
    static OptionalLong freeBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT inet_server_port()")) {
            row.next();
            return freeBytes(Path.of(LocalPsql.SOCKETS), row.getInt(1));
        }
    }

    /** Free bytes for the server that has its socket in a directory and listens on a port. */
    static OptionalLong freeBytes(Path sockets, int port) {
        Path lock = sockets.resolve(".s.PGSQL." + port + ".lock");
        try {
            List<String> lines = Files.readAllLines(lock);
            if (lines.size() > DIRECTORY_LINE) {
                Path directory = Path.of(lines.get(DIRECTORY_LINE).strip());
                return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
            }
            LOG.debug("{} does not name a directory", lock);
        } catch (IOException e) {
            LOG.debug("the free room for the database is not known: {}", e.toString());
        }
        return OptionalLong.empty();
    }
}
