// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The triggers that people have put on replicated tables. What they do has been done on the master already, so they
 * are off while rows are replaced, and afterwards each is in the state in which it was.
 */
final class Triggers {
    /** Roots before partitions: switching a root's trigger switches those of its partitions too. */
    private static final String QUERY = Tables.WITH_REPLICATED + """
            SELECT t.tgrelid::regclass::text, quote_ident(t.tgname), t.tgenabled::text
            FROM pg_trigger t JOIN replicated r ON r.oid = t.tgrelid
            WHERE NOT t.tgisinternal
            ORDER BY r.depth, t.oid
            """;

    private record Trigger(String table, String name, String state) {}

    private final Connection connection;
    private final List<Trigger> triggers;

    private Triggers(Connection connection, List<Trigger> triggers) {
        this.connection = connection;
        this.triggers = triggers;
    }

    static Triggers read(Connection connection, String schema, List<String> tables) throws SQLException {
        List<Trigger> triggers = new ArrayList<>();
        try (PreparedStatement statement = Tables.prepare(connection, QUERY, schema, tables);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                triggers.add(new Trigger(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return new Triggers(connection, triggers);
    }

    void disable() throws SQLException {
        for (Trigger trigger : triggers) {
            alter(trigger, "DISABLE");
        }
    }

    void restore() throws SQLException {
        for (Trigger trigger : triggers) {
            alter(
                    trigger,
                    switch (trigger.state()) {
                        case "O" -> "ENABLE";
                        case "R" -> "ENABLE REPLICA";
                        case "A" -> "ENABLE ALWAYS";
                        default -> "DISABLE";
                    });
        }
    }

    private void alter(Trigger trigger, String how) throws SQLException {
        Sql.run(connection, "ALTER TABLE " + trigger.table() + " " + how + " TRIGGER " + trigger.name());
    }
}
