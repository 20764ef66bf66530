// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.time.Duration;
import java.util.List;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/**
 * psql as the system user postgres, the way an administrator works: the only place where we act as superuser, and only
 * while pairing is set up or taken back. SQL goes in through standard input, so nothing of it is seen in the process
 * list.
 *
 * @param host directory of PostgreSQL's socket, usually {@link #SOCKETS}
 * @param port usually 5432; a second cluster on the node has another
 * @param database its name
 * @param runner runs psql
 */
public record LocalPsql(String host, int port, String database, Runner runner) {
    /** Where Debian's PostgreSQL has its sockets. */
    public static final String SOCKETS = "/var/run/postgresql";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Runs a program to its end. */
    @FunctionalInterface
    public interface Runner {
        /** Runs a command; a non-zero exit code is an {@link Outcome}. */
        Outcome run(Command command) throws ProcessException, InterruptedException;
    }

    /** With the psql of this machine. */
    public LocalPsql(String host, int port, String database) {
        this(host, port, database, BoundedProcess::run);
    }

    /**
     * Runs a script, all of it or up to the first error, and returns what it prints: one line for each row.
     *
     * @throws ReplicationException when psql fails; its complaint is quoted, the script is not
     * @throws ProcessException when runuser or psql is not installed
     */
    public String run(String sql) throws ReplicationException, ProcessException, InterruptedException {
        List<String> argv = List.of(
                // /usr/sbin on every merged system, and where it still is on the others.
                "/sbin/runuser",
                "-u",
                "postgres",
                "--",
                "/usr/bin/psql",
                "-X",
                "-q",
                "-A",
                "-t",
                "-w",
                "-v",
                "ON_ERROR_STOP=1",
                // Terse errors do not repeat the statement.
                "-v",
                "VERBOSITY=terse",
                "-h",
                host,
                "-p",
                Integer.toString(port),
                "-d",
                database,
                "-f",
                "-");
        Outcome outcome = runner.run(Command.of(LIMIT, argv).withStdin(sql));
        if (!outcome.succeeded()) {
            String why = outcome.timedOut() ? "no answer within " + LIMIT.toSeconds() + " s" : outcome.complaint();
            throw new ReplicationException(
                    outcome.exitCode() == 2 ? Reason.UNREACHABLE : Reason.DATABASE,
                    "psql on " + this + " failed: " + why,
                    null);
        }
        return outcome.output();
    }

    @Override
    public String toString() {
        return "database " + database + " (" + host + " port " + port + ")";
    }
}
