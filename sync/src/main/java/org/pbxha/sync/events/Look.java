// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.postgres.Sql;

/**
 * A short look at one table of the source, in a read-only transaction that sees one moment. The table is locked against
 * changes of its shape before that moment is fixed, so that shape and rows belong together. What one look reads is bounded,
 * however many rows there are and however long they are.
 */
final class Look {
    /** Rows of the table that are looked at, matching or not, before the look is over. */
    private static final int SCANNED = 10_000;
    /** Rows taken. */
    static final int MOST_ROWS = 1_000;
    /** Bytes taken: the agent is a small process, and holds them several times over on their way. */
    private static final int MOST_BYTES = 1_000_000;

    private final Connection connection;
    private final String schema;
    private final String table;
    private final String name;
    private final Moment now;

    /** What lies ahead of a pass: rows, the last of their ids, how many of them are the pass's, the lowest id of later ones. */
    private record Ahead(int rows, long lastId, int matching, long younger) {}

    Look(Connection connection, String schema, String table) throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.table = table;
        // Children of the old kind are tables of their own.
        this.name = "ONLY " + Sql.name(schema, table);
        Sql.run(connection, "LOCK TABLE " + name + " IN ACCESS SHARE MODE");
        this.now = Moment.read(connection);
    }

    Moment now() {
        return now;
    }

    SourceTable shape() throws SQLException, ShippingException {
        return SourceTable.read(connection, schema, table);
    }

    /** The highest id that there is. */
    long maxId() throws SQLException {
        return Long.parseLong(
                Side.value(connection, "SELECT coalesce(max(id), " + Watermark.BEGINNING + ") FROM " + name));
    }

    /** The last id that the table's sequence has given out; empty when it has none that this role can read. */
    OptionalLong lastGivenId() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT coalesce(s.last_value, s.start_value - 1)
                FROM pg_catalog.pg_sequences s CROSS JOIN format('%I.%I', s.schemaname, s.sequencename) f
                WHERE f = pg_catalog.pg_get_serial_sequence(?, 'id') AND has_sequence_privilege(f, 'SELECT, USAGE')
                """)) {
            statement.setString(1, Sql.name(schema, table));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** The next rows of a pass, at most so many. */
    Batch batch(Pass pass, SourceTable shape, int limit) throws SQLException, ShippingException {
        Ahead ahead = ahead(pass);
        boolean last = ahead.rows() < SCANNED;
        if (ahead.matching() == 0) {
            return new Batch(List.of(), pass.goOnAfter(ahead.lastId(), ahead.younger()), last);
        }
        List<Long> ids = fitting(pass, shape, limit, ahead.lastId());
        boolean all = ids.size() == ahead.matching();
        long reached = ids.get(ids.size() - 1);
        List<String[]> rows = rows(pass, shape, reached);
        return new Batch(rows, pass.goOnAfter(all ? ahead.lastId() : reached, ahead.younger()), all && last);
    }

    private Ahead ahead(Pass pass) throws SQLException {
        String sql = "WITH t AS (SELECT " + Moment.NUMBER + " AS number, id FROM " + name
                + " WHERE id > ? AND id <= ? ORDER BY id LIMIT " + SCANNED + ") SELECT count(*), max(id)::bigint,"
                + " count(*) FILTER (WHERE number >= ? AND number < ?), min(id) FILTER (WHERE number >= ?)::bigint FROM t";
        try (PreparedStatement statement = prepare(sql, pass.after(), pass.upTo(), pass.from(), pass.to(), pass.to());
                ResultSet row = statement.executeQuery()) {
            row.next();
            int rows = row.getInt(1);
            long lastId = rows == 0 ? pass.after() : row.getLong(2);
            int matching = row.getInt(3);
            long younger = row.getLong(4);
            return new Ahead(rows, lastId, matching, row.wasNull() ? Long.MAX_VALUE : younger);
        }
    }

    /** The ids of the next rows that are taken together. */
    private List<Long> fitting(Pass pass, SourceTable shape, int limit, long upTo)
            throws SQLException, ShippingException {
        String bytes = texts(shape, "coalesce(octet_length(%1$s::text), 0)", " + ");
        String sql = "WITH t AS (SELECT " + Moment.NUMBER + " AS number, id, " + bytes + " AS bytes FROM " + name
                + " WHERE id > ? AND id <= ?)"
                + " SELECT id::bigint AS given, bytes FROM t WHERE number >= ? AND number < ? ORDER BY id LIMIT ?";
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, pass.after(), upTo, pass.from(), pass.to(), limit);
                ResultSet row = statement.executeQuery()) {
            long bytesLeft = MOST_BYTES;
            while (row.next()) {
                bytesLeft -= row.getLong(2);
                if (bytesLeft < 0 && ids.isEmpty()) {
                    throw tooLong(row.getLong(1), row.getLong(2));
                }
                if (bytesLeft < 0) {
                    break;
                }
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    private ShippingException tooLong(long id, long bytes) {
        return new ShippingException(
                Kind.TABLE,
                "the row with id " + id + " of " + table + " has " + bytes + " bytes, and at most " + MOST_BYTES
                        + " are shipped",
                "Shorten or delete it, or leave the table out of events.tables.",
                null);
    }

    private List<String[]> rows(Pass pass, SourceTable shape, long upTo) throws SQLException {
        String sql = "WITH t AS (SELECT " + Moment.NUMBER + " AS number, id AS key, "
                + texts(shape, "%1$s::text AS c%2$d", ", ")
                + " FROM " + name + " WHERE id > ? AND id <= ?)"
                + " SELECT " + texts(shape, "c%2$d", ", ") + " FROM t WHERE number >= ? AND number < ? ORDER BY key";
        List<String[]> rows = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, pass.after(), upTo, pass.from(), pass.to());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String[] values = new String[shape.columns().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.getString(i + 1);
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static String texts(SourceTable shape, String form, String between) {
        return IntStream.range(0, shape.columns().size())
                .mapToObj(i -> String.format(
                        Locale.ROOT, form, Sql.name(shape.columns().get(i).name()), i))
                .collect(Collectors.joining(between));
    }

    /** How many rows of transactions from this one on there are behind an id; counting stops at a limit. */
    long waiting(long after, long from) throws SQLException {
        String sql = "WITH t AS (SELECT " + Moment.NUMBER + " AS number FROM " + name + " WHERE id > ? ORDER BY id)"
                + " SELECT count(*) FROM (SELECT FROM t WHERE number >= ? LIMIT " + TableReport.MOST_COUNTED + ") u";
        try (PreparedStatement statement = prepare(sql, after, from);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Prepares a statement that begins with {@link Moment#NUMBER}; these are its other parameters. What it returns must have
     * the same types whatever the table's are: the server refuses to run a prepared statement again that returns others.
     */
    private PreparedStatement prepare(String sql, long... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setLong(1, now.newest());
        statement.setLong(2, now.newest());
        for (int i = 0; i < parameters.length; i++) {
            statement.setLong(i + 3, parameters[i]);
        }
        return statement;
    }
}
