// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens one new connection of pgjdbc to the local database; whoever opens it closes it. */
@FunctionalInterface
public interface ConnectionSource {
    /** A connection that nobody else uses. */
    Connection open() throws SQLException;
}
