// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks this node's database every few seconds whether it answers; a node without its database is not ready to serve. */
public final class DatabaseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final int INTERVAL_SECONDS = 5;
    private static final int ANSWER_SECONDS = 2;

    /** Opens a connection with time-outs set. */
    @FunctionalInterface
    public interface Connector {
        /** A fresh connection. */
        Connection open() throws SQLException;
    }

    private final Connector connector;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "database-watch"));
    private volatile boolean answers;
    private volatile String problem = "";
    private @Nullable Connection connection;

    /** A watch that has not asked yet. */
    public DatabaseWatch(Connector connector) {
        this.connector = connector;
    }

    /** Starts asking. */
    public void start() {
        var unused = executor.scheduleWithFixedDelay(this::ask, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether the last question was answered. */
    public boolean answers() {
        return answers;
    }

    /** Why not; empty while it answers. */
    public String problem() {
        return problem;
    }

    private void ask() {
        try {
            if (connection == null) {
                connection = connector.open();
            }
            if (!connection.isValid(ANSWER_SECONDS)) {
                throw new SQLException("no answer within " + ANSWER_SECONDS + " s");
            }
            answers = true;
            problem = "";
        } catch (SQLException | RuntimeException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void fail(String why) {
        answers = false;
        if (!why.equals(problem)) {
            LOG.warn("the local database does not answer: {}", why);
        }
        problem = why;
        drop();
    }

    private void drop() {
        Connection dropped = connection;
        connection = null;
        if (dropped == null) {
            return;
        }
        try {
            dropped.close();
        } catch (SQLException e) {
            LOG.debug("the broken connection could not be closed", e);
        }
    }

    @Override
    public void close() {
        executor.execute(this::drop);
        executor.shutdown();
    }
}
