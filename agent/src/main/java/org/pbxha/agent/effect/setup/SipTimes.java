// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.pbxha.provisioning.SipExpiry;
import org.pbxha.provisioning.SipExpiryUndo;
import org.pbxha.sync.postgres.ConnectionSource;

/** The registration times in a database. */
interface SipTimes {
    /** In a real one. */
    SipTimes REAL = new SipTimes() {
        @Override
        public SipExpiryUndo read(ConnectionSource database) throws IOException {
            return with(database, SipExpiry::read);
        }

        @Override
        public void pair(ConnectionSource database) throws IOException {
            with(database, SipExpiry::apply);
        }

        @Override
        public SipExpiry.Restored restore(ConnectionSource database, SipExpiryUndo undo) throws IOException {
            return with(database, connection -> SipExpiry.restore(connection, undo));
        }
    };

    /** What is there now. */
    SipExpiryUndo read(ConnectionSource database) throws IOException;

    /** Sets those of a pair. */
    void pair(ConnectionSource database) throws IOException;

    /** Puts back what was there. */
    SipExpiry.Restored restore(ConnectionSource database, SipExpiryUndo undo) throws IOException;

    /** Work on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static <T> T with(ConnectionSource database, Work<T> work) throws IOException {
        try (Connection connection = database.open()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IOException("the database refuses: " + e.getMessage(), e);
        }
    }
}
