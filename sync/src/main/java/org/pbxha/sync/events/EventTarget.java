// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.postgres.ConnectionSource;
import org.pbxha.sync.postgres.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reporting database, as one node writes to it. */
final class EventTarget implements AutoCloseable {
    private static final String NAME = "the target";
    private static final String HINT =
            "Check that the target's PostgreSQL runs and is reached from this node, that its pg_hba.conf lets the role in, and"
                    + " events.target, events.user and events.password-file.";

    private static final Logger LOG = LoggerFactory.getLogger(EventTarget.class);

    private final Side side;
    private final Rights rights;
    private final Watermarks watermarks;
    private final String schema;
    private final String node;

    /** Who writes, and where. */
    private record Place(String role, @Nullable String schema) {
        String found() throws ShippingException {
            if (schema == null) {
                String name = Sql.name(role);
                throw new ShippingException(
                        Kind.RIGHTS,
                        NAME + " has no schema that the role " + name + " may use",
                        "Run there: CREATE SCHEMA " + name + " AUTHORIZATION " + name + ";",
                        null);
            }
            return schema;
        }
    }

    private EventTarget(Side side, String role, String schema, String node) {
        this.side = side;
        this.rights = new Rights(Sql.name(role), schema);
        this.watermarks = new Watermarks(schema, node);
        this.schema = schema;
        this.node = node;
    }

    /** Connects. Tables are in the schema that the role's search path has first. */
    static EventTarget open(ConnectionSource source, String node) throws ShippingException {
        Side side = Side.connect(NAME, HINT, source, false);
        try {
            Place place = side.run(
                    "asking for its schema",
                    connection -> new Place(
                            Side.value(connection, "SELECT current_user"),
                            Side.value(connection, "SELECT current_schema()")));
            side.prepare();
            return new EventTarget(side, place.role(), place.found(), node);
        } catch (ShippingException e) {
            side.close();
            throw e;
        }
    }

    /** Which database this is. */
    String identity() throws ShippingException {
        return side.run("asking for its identity", EventSource::identity);
    }

    /** Makes the table as the source's is, or adds the columns that it lacks. */
    void fit(String table, SourceTable source) throws ShippingException {
        TargetTable target = new TargetTable(schema, table);
        List<String> changes = side.run("looking at table " + table, connection -> target.changes(connection, source));
        for (String change : changes) {
            change(
                    change,
                    "changing table " + table,
                    connection -> target.changes(connection, source).contains(change));
        }
    }

    /** Makes this shipper the only one of the node's table, and takes up its watermark. */
    Watermark claim(String table, String source) throws ShippingException {
        if (!side.run("looking for watermarks", watermarks::exist)) {
            change(watermarks.make(), "making the table of watermarks", connection -> !watermarks.exist(connection));
        }
        return allowed(
                "", "claiming the watermark of " + table, connection -> watermarks.claim(connection, table, source));
    }

    /** Another node may make the same change at the same moment: then this one fails, and is needed no more. */
    private void change(String statement, String doing, Side.Work<Boolean> needed) throws ShippingException {
        try {
            allowed(statement + ";", doing, connection -> {
                Sql.run(connection, statement);
                return true;
            });
        } catch (ShippingException e) {
            boolean over = e.kind() == Kind.TABLE || e.kind() == Kind.ROW;
            if (!over || side.run(doing, needed)) {
                throw e;
            }
            LOG.debug("another node was first with {}: {}", doing, e.getMessage());
        }
    }

    /** The highest id that this node has brought. */
    long maxId(String table) throws ShippingException {
        return allowed("", "reading table " + table, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT coalesce(max(id), "
                    + Watermark.BEGINNING + ") FROM " + new TargetTable(schema, table).name() + " WHERE node = ?")) {
                statement.setString(1, node);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** Commits rows and watermark together; returns how many of the rows were not there yet. */
    int write(String table, SourceTable shape, List<String[]> rows, Watermark mark) throws ShippingException {
        return allowed("", "writing to table " + table, connection -> {
            // First, because it excludes every other shipper of this node until the commit.
            watermarks.set(connection, table, mark);
            return rows.isEmpty() ? 0 : insert(connection, table, shape, rows);
        });
    }

    private int insert(Connection connection, String table, SourceTable shape, List<String[]> rows)
            throws SQLException {
        String sql = new TargetTable(schema, table).insert(connection, shape);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            for (int column = 0; column < shape.columns().size(); column++) {
                String[] values = new String[rows.size()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = rows.get(row)[column];
                }
                Array array = connection.createArrayOf("text", values);
                statement.setArray(column + 2, array);
            }
            return statement.executeUpdate();
        }
    }

    /** Runs a transaction; when the role may not do it, says what to run on the target. */
    private <T> T allowed(String statement, String doing, Side.Work<T> work) throws ShippingException {
        try {
            return side.run(doing, work);
        } catch (ShippingException e) {
            if (e.kind() != Kind.RIGHTS) {
                throw e;
            }
            throw e.withHint(side.run("asking for rights", connection -> rights.hint(connection, statement)));
        }
    }

    void abort() {
        side.abort();
    }

    @Override
    public void close() {
        side.close();
    }
}
