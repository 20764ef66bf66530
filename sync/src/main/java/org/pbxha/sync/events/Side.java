// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.postgres.ConnectionSource;
import org.pbxha.sync.postgres.ReplicationException;
import org.pbxha.sync.postgres.Sql;
import org.pbxha.sync.postgres.SqlErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the two databases: runs work in transactions, and says what went wrong there. */
final class Side implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Side.class);
    /** Longer than any statement may take. No answer for so long is a network that swallows packets, or a machine that hangs. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /**
     * A client that is gone without a word holds its last transaction, and with it the watermark or an old moment, for as long
     * as the server believes in it: some seconds, instead of hours. What is run here takes milliseconds, so no
     * statement is worth compiling.
     */
    private static final String LIMITS = """
            SELECT set_config(s.name, v.value, false)
            FROM (VALUES ('statement_timeout', '45s'), ('idle_in_transaction_session_timeout', '30s'),
                ('idle_session_timeout', '0'), ('jit', 'off'), ('tcp_user_timeout', '30s'),
                ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')
            ) AS v (name, value)
            JOIN pg_catalog.pg_settings AS s ON s.name = v.name
            """;

    /** Trouble with the connection, servers that end, and one that only reads: another of the target's hosts may write now. */
    private static final Pattern ENDED = Pattern.compile("08...|57P..|25006");

    private static final String OF_ROWS = "22";
    private static final String OF_CONSTRAINTS = "23";
    private static final String FORBIDDEN = "42501";

    private final String name;
    private final String hint;
    private final Connection connection;

    /** Work of one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException, ShippingException;
    }

    private Side(String name, String hint, Connection connection) {
        this.name = name;
        this.hint = hint;
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param name for messages: whose database it is
     * @param hint what to do when it is not reached
     * @param reading whether each transaction only reads, and sees one moment
     */
    static Side connect(String name, String hint, ConnectionSource source, boolean reading) throws ShippingException {
        Connection connection;
        try {
            connection = source.open();
        } catch (SQLException e) {
            throw new ShippingException(Kind.CONNECTION, name + ": no connection: " + SqlErrors.words(e), hint, e);
        }
        Side side = new Side(name, hint, connection);
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(SILENCE.toMillis()));
            connection.setReadOnly(reading);
            if (reading) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            connection.setAutoCommit(false);
            return side;
        } catch (SQLException e) {
            side.close();
            throw side.explain(e, "preparing a session");
        }
    }

    /** Makes the session's formats and limits the product's own. */
    void prepare() throws ShippingException {
        run("preparing a session", session -> {
            try {
                Sql.prepare(session);
            } catch (ReplicationException e) {
                throw new ShippingException(Kind.CONNECTION, name + ": " + e.getMessage(), e.hint(), e);
            }
            Sql.run(session, LIMITS);
            return session;
        });
    }

    /** Runs work in a transaction of its own, which is rolled back when anything fails. */
    <T> T run(String doing, Work<T> work) throws ShippingException {
        try {
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            rollBack();
            throw explain(e, doing);
        } catch (ShippingException e) {
            rollBack();
            throw e;
        }
    }

    /** The only value of the only row. */
    static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private ShippingException explain(SQLException error, String doing) {
        Kind kind = kind(error);
        // A cause is printed with its stack trace, and the message of these errors can hold a piece of a row.
        return new ShippingException(
                kind,
                name + ": " + doing + " failed: " + SqlErrors.words(error),
                kind == Kind.CONNECTION || kind == Kind.RIGHTS ? hint : "See PostgreSQL's log there.",
                kind == Kind.ROW ? null : error);
    }

    private Kind kind(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        if (isClosed() || ENDED.matcher(state).matches()) {
            return Kind.CONNECTION;
        }
        if (state.equals(FORBIDDEN)) {
            return Kind.RIGHTS;
        }
        return state.startsWith(OF_ROWS) || state.startsWith(OF_CONSTRAINTS) ? Kind.ROW : Kind.TABLE;
    }

    /** pgjdbc closes a connection on which reading or writing failed, and one that the server ended. */
    private boolean isClosed() {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("{}: no rollback, the connection is closed: {}", name, e.getMessage());
            close();
        }
    }

    /** Ends whatever is under way, from another thread. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("{}: connection already closed: {}", name, e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("{}: the connection could not be closed: {}", name, e.getMessage());
        }
    }
}
