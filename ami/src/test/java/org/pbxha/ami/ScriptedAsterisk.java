// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pbxha.ami.AmiException.Kind;

/**
 * A manager interface that does what its script says, connection by connection, and notes whatever a gentle client must not
 * do: use a closed connection, open a second one, or ask an Asterisk that still boots.
 */
final class ScriptedAsterisk implements AmiConnector {
    private final Queue<Connection> script = new ArrayDeque<>();
    private final List<String> violations = new ArrayList<>();
    private final List<Long> connectedAt = new ArrayList<>();

    /** What one connection does; the fields may be changed while it is used. */
    static final class Connection {
        private final @Nullable Kind refusal;
        volatile boolean booted;
        final AtomicInteger timeOuts = new AtomicInteger();
        volatile boolean broken;
        volatile int calls;
        final AtomicInteger pings = new AtomicInteger();
        volatile boolean closed;

        private Connection(@Nullable Kind refusal) {
            this.refusal = refusal;
        }
    }

    synchronized Connection accepts() {
        Connection connection = new Connection(null);
        script.add(connection);
        return connection;
    }

    synchronized void refuses(Kind kind) {
        script.add(new Connection(kind));
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized List<Long> connectedAt() {
        return List.copyOf(connectedAt);
    }

    private synchronized void violation(String what) {
        violations.add(what);
    }

    @Override
    public synchronized AmiSession connect() throws AmiException {
        connectedAt.add(System.nanoTime());
        Connection connection = script.poll();
        if (connection == null) {
            throw new AmiException(Kind.REFUSED, "end of the script");
        }
        if (connection.refusal != null) {
            throw new AmiException(connection.refusal, "scripted " + connection.refusal);
        }
        return new Session(connection);
    }

    private final class Session implements AmiSession {
        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        @Override
        public boolean fullyBooted() {
            return connection.booted;
        }

        @Override
        public void ping() throws AmiException {
            connection.pings.incrementAndGet();
            answer("Ping");
        }

        @Override
        public String version() throws AmiException {
            answer("CoreSettings");
            return "22.10.1";
        }

        @Override
        public int activeCalls() throws AmiException {
            answer("CoreStatus");
            return connection.calls;
        }

        @Override
        public void close() {
            connection.closed = true;
        }

        private void answer(String action) throws AmiException {
            if (connection.closed) {
                violation(action + " on a closed connection");
            }
            if (!connection.booted && !action.equals("Ping")) {
                violation(action + " before fully booted");
            }
            if (connection.broken) {
                throw new AmiException(Kind.LOST, "broken");
            }
            if (connection.timeOuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new AmiException(Kind.TIMEOUT, "Asterisk does not answer " + action);
            }
        }
    }
}
