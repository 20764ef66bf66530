// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/**
 * Names who holds tables for which replication waited in vain. The wait is over by then and its transaction rolled back, so a
 * connection of its own looks for whoever holds a lock still. Of a query only the first word is told: the rest may hold
 * secrets.
 */
final class Blockers {
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Pattern FIRST_WORD = Pattern.compile("\\s*([A-Za-z]{1,20}).*", Pattern.DOTALL);
    private static final int SHOWN = 5;

    /** Replicated tables, and those whose foreign keys lead there. The last parameter: whether every lock is in the way. */
    private static final String HOLDERS = Tables.WITH_REPLICATED + """
            , needed (oid) AS (
              SELECT oid FROM replicated UNION
              SELECT k.conrelid FROM pg_constraint k
              WHERE k.contype = 'f' AND k.confrelid IN (SELECT oid FROM replicated))
            SELECT l.pid, a.usename, a.application_name, a.xact_start, a.query,
              min(l.relation::regclass::text), count(DISTINCT l.relation)
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.granted AND l.locktype = 'relation' AND l.relation IN (SELECT oid FROM needed)
              AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
              AND (? OR l.mode = 'AccessExclusiveLock')
            GROUP BY l.pid, a.usename, a.application_name, a.xact_start, a.query
            ORDER BY a.xact_start, l.pid
            """;

    private Blockers() {}

    /**
     * Explains an error of work with the covered tables, as {@link SqlErrors} does, and names the blockers where it was a
     * wait for them.
     *
     * @param doing "reading the database" waits only for those who lock a table against readers
     */
    static ReplicationException explain(
            SQLException error, String doing, ConnectionSource source, Selection selection) {
        ReplicationException explained = SqlErrors.explain(error, doing);
        if (!LOCK_NOT_AVAILABLE.equals(error.getSQLState())) {
            return explained;
        }
        try (Connection connection = source.open()) {
            Sql.prepare(connection);
            Sql.run(connection, "SET statement_timeout = '3s'");
            List<String> holders = holders(connection, selection, doing.startsWith("writing"));
            String who = holders.isEmpty() ? "nobody holds its tables any more" : String.join("; ", holders);
            return new ReplicationException(Reason.LOCKED, explained.getMessage() + ": " + who, error);
        } catch (SQLException | ReplicationException e) {
            error.addSuppressed(e);
            return explained;
        }
    }

    private static List<String> holders(Connection connection, Selection selection, boolean everyLock)
            throws SQLException {
        List<String> tables = new Catalogue(connection, selection).tableNames();
        List<String> holders = new ArrayList<>();
        int more = 0;
        try (PreparedStatement statement = Tables.prepare(connection, HOLDERS, selection.schema(), tables)) {
            statement.setBoolean(3, everyLock);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (holders.size() < SHOWN) {
                        holders.add(holder(row));
                    } else {
                        more++;
                    }
                }
            }
        }
        if (more > 0) {
            holders.add("and " + more + " more");
        }
        return holders;
    }

    private static String holder(ResultSet row) throws SQLException {
        int others = row.getInt(7) - 1;
        String tables = row.getString(6) + (others > 0 ? " and " + others + " more" : "");
        int process = row.getInt(1);
        if (row.wasNull()) {
            return "a prepared transaction (see pg_prepared_xacts) holds " + tables;
        }
        return "process " + process + " (user " + row.getString(2)
                + part(", application ", row.getString(3))
                + since(row.getTimestamp(4))
                + part(", last query ", firstWord(row.getString(5)))
                + ") holds " + tables;
    }

    private static String part(String words, @Nullable String value) {
        return value == null || value.isEmpty() ? "" : words + value;
    }

    private static String since(@Nullable Timestamp begin) {
        if (begin == null) {
            return "";
        }
        Instant instant = begin.toInstant().truncatedTo(ChronoUnit.SECONDS);
        return ", in a transaction since " + instant;
    }

    /** Null for a query that this role may not see. */
    private static @Nullable String firstWord(@Nullable String query) {
        if (query == null) {
            return null;
        }
        Matcher word = FIRST_WORD.matcher(query);
        return word.matches() ? word.group(1).toUpperCase(Locale.ROOT) : null;
    }
}
