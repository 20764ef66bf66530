// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The oldest transaction that is still open on the source. It may belong to any database of the server, and it need not
 * have touched an event table: as long as it is open, it can.
 *
 * @param who for people: {@code process 4711 (role asterisk, database asterisk)}
 * @param since when it began; when it was first seen, where the server does not tell this role more
 */
public record Blocker(String who, Instant since) {
    /** A session shows others only its pid and transaction; when it began is told to members of its role. */
    private static final String SESSION = """
            SELECT format('process %s (role %s, database %s)', l.pid, coalesce(a.usename, '?'), coalesce(a.datname, '?')),
              a.xact_start
            FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted AND l.pid IS NOT NULL
              AND l.transactionid::text::bigint = ? & 4294967295
            UNION ALL
            SELECT format('prepared transaction %s (role %s, database %s)', p.gid, p.owner, p.database), p.prepared
            FROM pg_catalog.pg_prepared_xacts p WHERE p.transaction::text::bigint = ? & 4294967295
            """;

    /** Finds it by its number; empty when it has just ended. */
    static Optional<Blocker> find(Connection connection, long transaction, Instant seen) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SESSION)) {
            statement.setLong(1, transaction);
            statement.setLong(2, transaction);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                OffsetDateTime began = row.getObject(2, OffsetDateTime.class);
                return Optional.of(new Blocker(row.getString(1), began == null ? seen : began.toInstant()));
            }
        }
    }
}
