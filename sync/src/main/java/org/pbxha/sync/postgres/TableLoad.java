// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.pbxha.sync.postgres.Contents.Content;
import org.pbxha.sync.postgres.Contents.Part;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Brings one table to its new content, inside the caller's transaction, and reads back what it wrote: what is there then is
 * what was sent, or nothing is committed.
 */
final class TableLoad {
    private static final String ARRIVED = "pg_temp.pbx_ha_arrived";

    private final Connection connection;
    private final Manifest.Table table;
    private final TableSql sql;
    private final FrameReader frames;
    private final PartSink sink;

    /** A table of this node, with the columns that the master sends. */
    TableLoad(Connection connection, String schema, Manifest.Table table, FrameReader frames, PartSink sink) {
        this.connection = connection;
        this.table = table;
        this.sql = new TableSql(schema, table);
        this.frames = frames;
        this.sink = sink;
    }

    /** What has been done. */
    record Loaded(long moved, long rows) {}

    /** Applies the parts, of which a whole one comes first or never; its table is empty by now. */
    Loaded run(Content content) throws SQLException, IOException, ReplicationException {
        long moved = 0;
        long rows = content.rows();
        for (Part part : content.parts()) {
            sink.begin(table.name(), part);
            Fingerprint.Value sent = switch (part) {
                case WHOLE -> whole();
                case ROWS -> rows(content.key());
                case KEYS -> keys(content.key());
            };
            sink.end(sent);
            moved += sent.rows();
            rows = part == Part.WHOLE && content.rows() < 0 ? sent.rows() : rows;
        }
        if (content.rows() >= 0) {
            checkNumber(content);
        }
        return new Loaded(moved, rows);
    }

    private Fingerprint.Value whole() throws SQLException, IOException, ReplicationException {
        Fingerprint.Value sent = fill(Sql.name(sql.schema(), table.name()) + Sql.columns(table.columns()));
        verify(sent, sql.copyOut());
        return sent;
    }

    private Fingerprint.Value rows(List<String> key) throws SQLException, IOException, ReplicationException {
        List<String> columns =
                table.columns().stream().map(Manifest.Column::name).toList();
        createArrived(columns);
        Fingerprint.Value sent = fill(ARRIVED);
        Sql.run(connection, "ANALYZE " + ARRIVED);
        Sql.run(connection, "DELETE FROM " + sql.from() + " t USING " + ARRIVED + " a WHERE " + equal(key));
        Sql.run(
                connection,
                "INSERT INTO " + Sql.name(sql.schema(), table.name()) + " (" + Sql.list(columns, "")
                        + ") OVERRIDING SYSTEM VALUE SELECT " + Sql.list(columns, "a.") + " FROM " + ARRIVED + " a");
        verify(sent, sql.copyOut("WHERE EXISTS (SELECT FROM " + ARRIVED + " a WHERE " + equal(key) + ")"));
        Sql.run(connection, "DROP TABLE " + ARRIVED);
        return sent;
    }

    private Fingerprint.Value keys(List<String> key) throws SQLException, IOException, ReplicationException {
        createArrived(key);
        Fingerprint.Value sent = fill(ARRIVED);
        Sql.run(connection, "ANALYZE " + ARRIVED);
        Sql.run(
                connection,
                "DELETE FROM " + sql.from() + " t WHERE NOT EXISTS (SELECT FROM " + ARRIVED + " a WHERE " + equal(key)
                        + ")");
        Sql.run(connection, "DROP TABLE " + ARRIVED);
        return sent;
    }

    private void createArrived(List<String> columns) throws SQLException {
        Sql.run(
                connection,
                "CREATE TEMPORARY TABLE " + ARRIVED.substring("pg_temp.".length()) + " ON COMMIT DROP AS SELECT "
                        + Sql.list(columns, "t.") + " FROM " + sql.from() + " t WITH NO DATA");
    }

    private static String equal(List<String> key) {
        return key.stream()
                .map(column -> "t." + Sql.name(column) + " = a." + Sql.name(column))
                .collect(Collectors.joining(" AND "));
    }

    private Fingerprint.Value fill(String target) throws SQLException, IOException, ReplicationException {
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + target + " FROM STDIN");
            return fill(copy);
        } catch (SQLException e) {
            throw SqlErrors.explain(e, "copying into table " + table.name());
        }
    }

    private Fingerprint.Value fill(CopyIn copy) throws SQLException, IOException, ReplicationException {
        try {
            char type = frames.next();
            for (; type == 'D'; type = frames.next()) {
                copy.writeToCopy(frames.text(), 0, frames.textLength());
                sink.piece(frames.piece(), frames.pieceLength());
            }
            if (type != 'E') {
                throw FrameReader.broken("more rows or the end of a table were expected");
            }
            long rows = frames.number();
            long copied = copy.endCopy();
            if (rows != copied) {
                throw FrameReader.broken("table " + table.name() + " has " + copied + " rows instead of " + rows);
            }
            return new Fingerprint.Value(rows, frames.number('F', "a fingerprint"));
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void verify(Fingerprint.Value sent, String copyOut) throws SQLException, ReplicationException {
        Fingerprint.Value here = Fingerprint.read(connection, copyOut);
        if (!here.equals(sent)) {
            throw new ReplicationException(
                    Reason.NOT_EQUAL,
                    "table " + table.name() + " holds something else than was sent: " + here.rows() + " rows for "
                            + sent.rows() + (here.rows() == sent.rows() ? ", with other content" : ""),
                    null);
        }
    }

    private void checkNumber(Content content) throws SQLException, ReplicationException {
        long here = count();
        if (here == content.rows()) {
            return;
        }
        boolean withoutKeys =
                content.parts().contains(Part.ROWS) && !content.parts().contains(Part.KEYS);
        throw new ReplicationException(
                withoutKeys ? Reason.ROWS_GONE : Reason.NOT_EQUAL,
                "table " + table.name() + " has " + here + " rows instead of " + content.rows(),
                null);
    }

    private long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + sql.from())) {
            row.next();
            return row.getLong(1);
        }
    }
}
