// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.pbxha.sync.Cancellation;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends database work on cancellation, wherever it hangs: a cancel request ends a wait for a lock, closing the
 * connection ends a COPY and makes the server roll back at once, and an interrupt ends a wait for the peer.
 */
final class DatabaseAbort {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAbort.class);

    private final Connection connection;
    private final Thread worker = Thread.currentThread();
    private final Cancellation.Registration registration;
    private boolean finished;

    /** Watches the work that the calling thread does on this connection. */
    DatabaseAbort(Connection connection, Cancellation cancellation) {
        this.connection = connection;
        this.registration = cancellation.onCancel(this::abort);
    }

    /** False when a cancellation has come already; otherwise none can reach the work any more. */
    boolean tooLateToCancel() {
        return registration.disarm();
    }

    /** The worker goes on to other things: no interrupt of ours may reach it there. */
    synchronized void finish() {
        finished = true;
        if (!registration.disarm()) {
            Thread.interrupted();
        }
    }

    private void abort() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            LOG.debug("no cancel request: {}", e.getMessage());
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("connection already closed: {}", e.getMessage());
        }
        interrupt();
    }

    private synchronized void interrupt() {
        if (!finished) {
            worker.interrupt();
        }
    }
}
