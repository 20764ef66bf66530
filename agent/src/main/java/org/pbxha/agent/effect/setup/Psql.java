// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Runs statements as PostgreSQL's own superuser, over the socket; they may hold a secret. */
    String asPostgres(String statements) throws IOException {
        List<String> argv = new ArrayList<>(List.of("/sbin/runuser", "-u", "postgres", "--"));
        argv.addAll(psql());
        return programs.output(Command.of(LIMIT, argv).withStdin(statements)).strip();
    }

    /** Whether a role can connect over loopback with its password, as the agent will. */
    void logIn(String host, String user, String password) throws IOException {
        List<String> argv = new ArrayList<>(psql());
        argv.addAll(List.of("--host=" + host, "--username=" + user, "--no-password", "--command=SELECT 1"));
        programs.output(Command.of(LIMIT, argv).withEnvironment(Map.of("PGPASSWORD", password)));
    }

    private List<String> psql() {
        return List.of(
                "/usr/bin/psql",
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--set=ON_ERROR_STOP=1",
                "--port=" + port,
                "--dbname=" + database);
    }
}
