// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.postgres.Database;
import org.pbxha.sync.postgres.PgServer;

/** Whoever runs what the hint says has a target that works. */
@SuppressWarnings("NullAway.Init")
class ShippingRightsIT {
    private Route route;

    @BeforeEach
    void connect() throws Exception {
        route = Route.of(PgServer.usual());
        route.queueLog(3);
    }

    @AfterEach
    void disconnect() {
        route.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                "REVOKE INSERT ON queue_log FROM \"pbx-ha\"",
                "REVOKE ALL ON queue_log FROM \"pbx-ha\"",
                "REVOKE UPDATE ON pbx_ha_watermark FROM \"pbx-ha\"",
                "REVOKE ALL ON pbx_ha_watermark, cel, queue_log FROM \"pbx-ha\""
            })
    void theHintSaysWhatToGrant(String revoked) throws Exception {
        if (!revoked.contains("SCHEMA")) {
            route.ship();
            route.close();
            route.onTarget(
                    "ALTER TABLE queue_log OWNER TO postgres",
                    "ALTER TABLE cel OWNER TO postgres",
                    "ALTER TABLE pbx_ha_watermark OWNER TO postgres",
                    "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO \"pbx-ha\"");
            route.queueLog(3);
        }
        route.onTarget(revoked);
        for (String hint = hint(); !hint.isEmpty(); hint = hint()) {
            route.onTarget(hint.substring(hint.indexOf(": ") + 2));
            route.pass(Duration.ofMinutes(1));
        }

        assertThat(route.arrived("queue_log")).isEqualTo(route.sent("queue_log"));
    }

    @Test
    void aColumnThatTheRoleMayNotAddIsAddedByTheOwner() throws Exception {
        route.ship();
        route.onTarget("ALTER TABLE queue_log OWNER TO postgres", "GRANT SELECT, INSERT ON queue_log TO \"pbx-ha\"");
        route.source.run(
                "ALTER TABLE queue_log ADD COLUMN data1 text DEFAULT 'x'", "INSERT INTO queue_log DEFAULT VALUES");
        String hint = hint();
        assertThat(hint)
                .isEqualTo("Run on the target, as the owner of the table: ALTER TABLE \"public\".\"queue_log\""
                        + " ADD COLUMN IF NOT EXISTS \"data1\" text;");

        route.onTarget(hint.substring(hint.indexOf(": ") + 2));
        route.pass(Duration.ofMinutes(1));
        route.ship();
        assertThat(route.seen("SELECT data1 FROM queue_log WHERE id = 4")).containsExactly("x");
    }

    @Test
    void aLoginWithoutARightToTheDatabaseIsSaid() throws Exception {
        route.onTarget("REVOKE CONNECT ON DATABASE " + route.target.name() + " FROM PUBLIC");

        assertThat(hint()).contains("pg_hba.conf", "events.password-file");
    }

    @Test
    void whatTheDocumentationSaysMakesATargetThatWorks() throws Exception {
        List<String> blocks = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/events.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        PgServer server = PgServer.usual();
        psql("postgres", blocks.get(0));
        psql("reporting", blocks.get(1));
        try (Route documented = new Route(route.source, new Database(server, "reporting"), "one")) {
            documented.to =
                    new TargetDatabase("jdbc:postgresql://127.0.0.1:" + server.port() + "/reporting", "pbx_events", "");
            documented.ship();
        }
        try (Connection reader = server.superuser("reporting")) {
            PgServer.execute(reader, "SET ROLE reports");
            assertThat(Database.query(reader, "SELECT node, count(*) FROM pbx_events.queue_log GROUP BY node"))
                    .containsExactly("one|3");
        }
        psql("postgres", blocks.get(blocks.size() - 1));
        psql("postgres", "DROP ROLE reports;");
    }

    /** Runs what psql would run as a superuser, except for the passwords. */
    private static void psql(String database, String script) throws Exception {
        String here = database;
        for (String line : script.split("\n", -1)) {
            if (line.startsWith("\\connect ")) {
                here = line.substring("\\connect ".length());
            } else if (line.endsWith(";")) {
                try (Connection connection = PgServer.usual().superuser(here)) {
                    PgServer.execute(connection, line);
                }
            }
        }
    }

    /** The hint of the first problem, empty when there is none. */
    private String hint() throws Exception {
        try {
            return route.shipWhatCanBe().stream()
                    .map(TableReport::problem)
                    .filter(Objects::nonNull)
                    .map(ShippingException::hint)
                    .findFirst()
                    .orElse("");
        } catch (ShippingException e) {
            return e.hint();
        }
    }
}
