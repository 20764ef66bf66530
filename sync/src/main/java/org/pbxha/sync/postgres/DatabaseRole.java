// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.pbxha.sync.process.ProcessException;
import org.postgresql.util.PasswordUtil;

/**
 * The role with which the agent reads and writes the local database: it may log in, it is a member of the roles that
 * own the tables, and it is nothing else. PostgreSQL gets the password only as a SCRAM verifier, so that not even a
 * server that logs every statement ever writes it down.
 */
public final class DatabaseRole {
    /** The role's name. */
    public static final String NAME = "pbx-ha";

    private static final int PASSWORD_BYTES = 24;

    private DatabaseRole() {}

    /** A new random password of 192 bits. */
    public static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What {@link #install} will do, one sentence each, for the administrator to agree to. */
    public static List<String> plan(DatabaseFacts facts) {
        return List.of("database role " + NAME + ": log in with a random password, member of "
                + String.join(", ", facts.owners()) + ", no superuser");
    }

    /**
     * Makes the role, or brings an existing one into the same state with the new password.
     *
     * @throws ReplicationException when PostgreSQL refuses; nothing has changed then
     */
    public static void install(LocalPsql psql, DatabaseFacts facts, String password)
            throws ReplicationException, ProcessException, InterruptedException {
        psql.run(installSql(facts, PasswordUtil.encodeScramSha256(password.toCharArray())));
    }

    /** Removes the role; fine when there is none. */
    public static void remove(LocalPsql psql) throws ReplicationException, ProcessException, InterruptedException {
        psql.run("DROP ROLE IF EXISTS " + Sql.name(NAME) + ";\n");
    }

    private static String installSql(DatabaseFacts facts, String verifier) {
        String role = Sql.name(NAME);
        StringBuilder sql = new StringBuilder("""
                BEGIN;
                SET LOCAL client_min_messages = error;
                DO $do$ BEGIN
                  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = %s) THEN CREATE ROLE %s; END IF;
                END $do$;
                ALTER ROLE %s LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %s;
                """.formatted(Sql.literal(NAME), role, role, Sql.literal(verifier)));
        facts.owners()
                .forEach(owner -> sql.append("GRANT ")
                        .append(Sql.name(owner))
                        .append(" TO ")
                        .append(role)
                        .append(";\n"));
        return sql.append("COMMIT;\n").toString();
    }
}
