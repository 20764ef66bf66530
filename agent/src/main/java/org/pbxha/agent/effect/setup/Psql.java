// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pbxha.sync.SyncException;
import org.pbxha.sync.postgres.LocalPsql;
import org.pbxha.sync.process.Command;

/**
 * This node's PostgreSQL, through its own command line.
 *
 * @param programs way to run it
 * @param port TCP port, which also names the socket
 * @param database to connect to
 */
record Psql(Programs programs, int port, String database) {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Something to do as PostgreSQL's own superuser. */
    interface Work<T> {
        T with(LocalPsql psql) throws SyncException, InterruptedException;
    }

    /** Does it, over the socket. */
    <T> T asPostgres(Work<T> work) throws IOException {
        try {
            return work.with(new LocalPsql(LocalPsql.SOCKETS, port, database, programs.runner()::run));
        } catch (SyncException e) {
            throw new IOException(e.getMessage() + ". " + e.hint(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL was asked", e);
        }
    }

    /** Whether a role can connect over loopback with its password, as the agent will. */
    void logIn(String host, String user, String password) throws IOException {
        List<String> argv = List.of(
                "/usr/bin/psql",
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--port=" + port,
                "--dbname=" + database,
                "--host=" + host,
                "--username=" + user,
                "--no-password",
                "--command=SELECT 1");
        programs.output(Command.of(LIMIT, argv).withEnvironment(Map.of("PGPASSWORD", password)));
    }
}
