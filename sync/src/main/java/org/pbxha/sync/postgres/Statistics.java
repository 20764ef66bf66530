// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** What the planner knows of tables. */
public final class Statistics {
    private Statistics() {}

    /**
     * Renews them, one table after the other: autovacuum may come after the first calls of a takeover.
     *
     * @throws ReplicationException when a table's cannot be renewed; autovacuum then does it some time
     */
    public static void renew(ConnectionSource source, Selection selection, Collection<String> tables)
            throws ReplicationException {
        try (Connection connection = source.open()) {
            Sql.prepare(connection);
            for (String table : tables) {
                Sql.run(connection, "ANALYZE " + Sql.name(selection.schema(), table));
            }
        } catch (SQLException e) {
            throw SqlErrors.explain(e, "ANALYZE");
        }
    }
}
