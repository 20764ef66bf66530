// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.util.Map;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;
import org.pbxha.sync.postgres.DatabaseFacts;
import org.pbxha.sync.postgres.DatabaseRole;

/**
 * The agent gets an account in this node's own database: a member of the roles that own the tables, not a superuser.
 *
 * @param psql the database
 * @param host where the agent will connect to it
 * @param user name of the account
 * @param facts who owns the tables; superusers do not count
 * @param password of the account
 */
record DatabaseRoleChange(Psql psql, String host, String user, DatabaseFacts facts, String password) implements Change {
    private static final String EXISTED = "existed";
    private static final String PORT = "port";
    private static final String DATABASE = "database";

    static Undo undo(Programs programs) {
        return (user, memory) -> {
            if (memory.before().containsKey(EXISTED)) {
                return "database role " + user + ": left alone, it was there before";
            }
            int port = Integer.parseInt(memory.before().getOrDefault(PORT, ""));
            new Psql(programs, port, memory.before().getOrDefault(DATABASE, "")).<Boolean>asPostgres(postgres -> {
                new DatabaseRole(postgres, user).remove();
                return true;
            });
            return "database role " + user + ": removed";
        };
    }

    @Override
    public String id() {
        return Kind.DATABASE.of(user);
    }

    @Override
    public String describe() {
        String owners = facts.owners().isEmpty() ? "" : ", a member of " + String.join(", ", facts.owners());
        return "make the database role " + user + owners + ", which replication works as";
    }

    @Override
    public boolean isDone() throws IOException {
        if (!psql.asPostgres(postgres -> new DatabaseRole(postgres, user).isInstalled(facts))) {
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
        String port = Integer.toString(psql.port());
        return psql.asPostgres(postgres -> new DatabaseRole(postgres, user).exists())
                ? Map.of(PORT, port, DATABASE, psql.database(), EXISTED, "yes")
                : Map.of(PORT, port, DATABASE, psql.database());
    }

    @Override
    public void apply() throws IOException {
        psql.<Boolean>asPostgres(postgres -> {
            new DatabaseRole(postgres, user).install(facts, password);
            return true;
        });
        psql.logIn(host, user, password);
    }
}
