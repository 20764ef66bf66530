// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The moment that a transaction on the source sees, in transaction numbers of 64 bit.
 *
 * @param oldest every transaction below it is over: its rows are seen, or will never be
 * @param next no transaction from here on had begun; where it equals {@code oldest}, none was open
 * @param time by the source's clock, and not later than what is seen
 */
record Moment(long oldest, long next, Instant time) {
    /**
     * The number of a row's transaction, of which xmin is the lower half: the largest number with this half that is not above
     * the parameter, which stands here twice and is the newest number that can be seen. Rows older than four billion
     * transactions seem younger than they are, which only makes them be looked at once more.
     */
    static final String NUMBER = "(?::bigint - ((?::bigint - xmin::text::bigint) & 4294967295))";

    static Moment read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT txid_snapshot_xmin(s), txid_snapshot_xmax(s), now()"
                        + " FROM txid_current_snapshot() AS s")) {
            row.next();
            return new Moment(
                    row.getLong(1),
                    row.getLong(2),
                    row.getObject(3, OffsetDateTime.class).toInstant());
        }
    }

    /** The newest number that can be seen. */
    long newest() {
        return next - 1;
    }
}
