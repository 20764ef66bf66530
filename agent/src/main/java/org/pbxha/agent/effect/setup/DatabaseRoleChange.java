// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.util.Map;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;

/**
 * The agent gets an account in this node's own database: a member of the roles that own the tables, not a superuser.
 *
 * @param psql the database
 * @param host where the agent will connect to it
 * @param user name of the account
 * @param owner the role that should own the tables; others that do get it as a member too, unless they are superusers
 * @param schema where the tables are
 * @param password letters, digits, - and _
 */
record DatabaseRoleChange(Psql psql, String host, String user, String owner, String schema, String password)
        implements Change {
    private static final String EXISTED = "existed";
    private static final String PORT = "port";
    private static final String DATABASE = "database";
    /** Roles of which the account has to be a member, to read the tables and to drop and add their foreign keys. */
    private static final String OWNERS = """
            SELECT rolname FROM pg_roles WHERE rolname = '%s'
            UNION SELECT r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_roles r ON r.oid = c.relowner
              WHERE n.nspname = '%s' AND c.relkind IN ('r', 'p', 'S') AND NOT r.rolsuper""";

    static Undo undo(Programs programs) {
        return (user, memory) -> {
            if (memory.before().containsKey(EXISTED)) {
                return "database role " + user + ": left alone, it was there before";
            }
            String port = memory.before().getOrDefault(PORT, "");
            new Psql(programs, Integer.parseInt(port), memory.before().getOrDefault(DATABASE, ""))
                    .asPostgres("DROP ROLE IF EXISTS " + quoted(user) + ";\n");
            return "database role " + user + ": removed";
        };
    }

    @Override
    public String id() {
        return Kind.DATABASE.of(user);
    }

    @Override
    public String describe() {
        return "make the database role " + user + ", a member of " + owner + ", which replication works as";
    }

    @Override
    public boolean isDone() throws IOException {
        String member = "SELECT 1 FROM pg_roles r WHERE r.rolname = '" + user
                + "' AND r.rolcanlogin AND NOT r.rolsuper AND NOT EXISTS (SELECT 1 FROM (" + owners()
                + ") o WHERE NOT pg_has_role(r.oid, o.rolname, 'USAGE'));\n";
        if (psql.asPostgres(member).isEmpty()) {
            return false;
        }
        try {
            psql.logIn(host, user, password);
            return true;
        } catch (IOException e) {
            // With another password than ours: apply() sets it, and says so when that was not the reason.
            return false;
        }
    }

    @Override
    public Map<String, String> before() throws IOException {
        String found = psql.asPostgres("SELECT 1 FROM pg_roles WHERE rolname = '" + user + "';\n");
        String port = Integer.toString(psql.port());
        return found.isEmpty()
                ? Map.of(PORT, port, DATABASE, psql.database())
                : Map.of(PORT, port, DATABASE, psql.database(), EXISTED, "yes");
    }

    @Override
    public void apply() throws IOException {
        // The password must not get into PostgreSQL's log, whatever it logs.
        psql.asPostgres("""
                SET log_statement = 'none';
                SET log_min_error_statement = 'panic';
                SET log_min_duration_statement = -1;
                DO $$ BEGIN
                  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%2$s') THEN CREATE ROLE %1$s; END IF;
                END $$;
                ALTER ROLE %1$s LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '%3$s';
                DO $$ DECLARE owner text; BEGIN
                  FOR owner IN %4$s LOOP EXECUTE format('GRANT %%I TO %1$s', owner); END LOOP;
                END $$;
                """.formatted(quoted(user), user, password, owners()));
        psql.logIn(host, user, password);
    }

    private String owners() {
        return OWNERS.formatted(owner, schema);
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
