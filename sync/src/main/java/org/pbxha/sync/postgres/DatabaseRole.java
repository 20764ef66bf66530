// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.stream.Collectors;
import org.pbxha.sync.process.ProcessException;
import org.postgresql.util.PasswordUtil;

/**
 * The role with which the agent reads and writes the local database: it may log in, it is a member of the roles that
 * own the tables, and it is nothing else. PostgreSQL gets the password only as a SCRAM verifier, so that not even a
 * server that logs every statement ever writes it down.
 *
 * @param psql the database
 * @param name of the role, as configured
 */
public record DatabaseRole(LocalPsql psql, String name) {
    /** Whether there is a role of that name, whatever it may do. */
    public boolean exists() throws ReplicationException, ProcessException, InterruptedException {
        return !psql.run("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = " + Sql.literal(name) + ";\n")
                .isBlank();
    }

    /** Whether the role is as {@link #install} makes it, its password aside. */
    public boolean isInstalled(DatabaseFacts facts)
            throws ReplicationException, ProcessException, InterruptedException {
        String member = facts.owners().stream()
                .map(owner -> " AND pg_catalog.pg_has_role(oid, " + Sql.literal(owner) + ", 'USAGE')")
                .collect(Collectors.joining());
        return !psql.run("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = " + Sql.literal(name)
                        + " AND rolcanlogin AND NOT rolsuper" + member + ";\n")
                .isBlank();
    }

    /**
     * Makes the role, or brings an existing one into the same state with the new password.
     *
     * @throws ReplicationException when PostgreSQL refuses; nothing has changed then
     */
    public void install(DatabaseFacts facts, String password)
            throws ReplicationException, ProcessException, InterruptedException {
        psql.run(installSql(facts, PasswordUtil.encodeScramSha256(password.toCharArray())));
    }

    /** Removes the role; fine when there is none. */
    public void remove() throws ReplicationException, ProcessException, InterruptedException {
        psql.run("DROP ROLE IF EXISTS " + Sql.name(name) + ";\n");
    }

    private String installSql(DatabaseFacts facts, String verifier) {
        String role = Sql.name(name);
        StringBuilder sql = new StringBuilder("""
                BEGIN;
                SET LOCAL client_min_messages = error;
                DO $do$ BEGIN
                  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = %s) THEN CREATE ROLE %s; END IF;
                END $do$;
                ALTER ROLE %s LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %s;
                """.formatted(Sql.literal(name), role, role, Sql.literal(verifier)));
        facts.owners()
                .forEach(owner -> sql.append("GRANT ")
                        .append(Sql.name(owner))
                        .append(" TO ")
                        .append(role)
                        .append(";\n"));
        return sql.append("COMMIT;\n").toString();
    }
}
