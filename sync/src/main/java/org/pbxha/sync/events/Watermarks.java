// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.postgres.Sql;

/**
 * The watermarks of a node, in a table of the target. Whoever opens a session claims them with a number of its own, and every
 * write asks whether they are still its own: a session that was believed dead, or a second node of the same name, can then
 * write nothing behind the other's back.
 */
final class Watermarks {
    static final String TABLE = "pbx_ha_watermark";

    private static final String COLUMNS = "source, below, pass_to, pass_after, floor_id, swept, complete";

    private final String node;
    private final String name;
    private final UUID shipper = UUID.randomUUID();

    Watermarks(String schema, String node) {
        this.node = node;
        this.name = Sql.name(schema, TABLE);
    }

    boolean exist(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    String make() {
        return "CREATE TABLE IF NOT EXISTS " + name + " (node text, table_name text, shipper uuid NOT NULL,"
                + " source text NOT NULL, below bigint NOT NULL, pass_to bigint NOT NULL, pass_after bigint NOT NULL,"
                + " floor_id bigint NOT NULL, swept bigint NOT NULL, complete timestamptz, PRIMARY KEY (node, table_name))";
    }

    Watermark claim(Connection connection, String table, String source) throws SQLException {
        long none = Watermark.BEGINNING;
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + name
                + " AS w (node, table_name, shipper, " + COLUMNS + ") VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, NULL)"
                + " ON CONFLICT (node, table_name) DO UPDATE SET shipper = excluded.shipper RETURNING " + COLUMNS)) {
            statement.setString(1, node);
            statement.setString(2, table);
            statement.setObject(3, shipper);
            statement.setString(4, source);
            for (int i = 5; i <= 8; i++) {
                statement.setLong(i, none);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                OffsetDateTime complete = row.getObject(7, OffsetDateTime.class);
                return new Watermark(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        complete == null ? null : complete.toInstant());
            }
        }
    }

    void set(Connection connection, String table, Watermark mark) throws SQLException, ShippingException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE " + name + " SET (" + COLUMNS
                + ") = (?, ?, ?, ?, ?, ?, ?) WHERE node = ? AND table_name = ? AND shipper = ?")) {
            statement.setString(1, mark.source());
            statement.setLong(2, mark.below());
            statement.setLong(3, mark.passTo());
            statement.setLong(4, mark.passAfter());
            statement.setLong(5, mark.floor());
            statement.setLong(6, mark.swept());
            statement.setObject(
                    7, mark.complete() == null ? null : mark.complete().atOffset(ZoneOffset.UTC));
            statement.setString(8, node);
            statement.setString(9, table);
            statement.setObject(10, shipper);
            if (statement.executeUpdate() != 1) {
                throw new ShippingException(
                        Kind.TABLE,
                        "another agent ships events as node " + node + " too",
                        "Give each node an events.node of its own, which no node has had before.",
                        null);
            }
        }
    }
}
