// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.pbxha.sync.postgres.ConnectionSource;

/** The node's own database, as events are read from it. */
final class EventSource implements AutoCloseable {
    private static final String NAME = "this node's database";
    private static final String HINT =
            "Check that PostgreSQL runs on this node (pg_lsclusters); `pbx-ha setup` renews the database role.";

    private final Side side;
    private final String schema;

    /** Work with a look at a table. */
    @FunctionalInterface
    interface Work<T> {
        T with(Look look) throws SQLException, ShippingException;
    }

    private EventSource(Side side, String schema) {
        this.side = side;
        this.schema = schema;
    }

    static EventSource open(ConnectionSource source, String schema) throws ShippingException {
        Side side = Side.connect(NAME, HINT, source, true);
        try {
            side.prepare();
            return new EventSource(side, schema);
        } catch (ShippingException e) {
            side.close();
            throw e;
        }
    }

    /** Which database this is: numbers of transactions mean nothing in another one. */
    String identity() throws ShippingException {
        return side.run("asking for its identity", EventSource::identity);
    }

    static String identity(Connection connection) throws SQLException {
        return Side.value(
                connection,
                "SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system()) || '/' || oid"
                        + " FROM pg_catalog.pg_database WHERE datname = current_database()");
    }

    /** The shape of a table that can be shipped. */
    SourceTable shape(String table) throws ShippingException {
        return side.run("looking at table " + table, connection -> {
            SourceTable.check(connection, schema, table);
            return SourceTable.read(connection, schema, table);
        });
    }

    /** Takes a look at a table. */
    <T> T look(String table, Work<T> work) throws ShippingException {
        return side.run("reading table " + table, connection -> work.with(new Look(connection, schema, table)));
    }

    /** Who holds rows back. */
    Optional<Blocker> blocker(long transaction, Instant seen) throws ShippingException {
        return side.run("looking for open transactions", connection -> Blocker.find(connection, transaction, seen));
    }

    void abort() {
        side.abort();
    }

    @Override
    public void close() {
        side.close();
    }
}
