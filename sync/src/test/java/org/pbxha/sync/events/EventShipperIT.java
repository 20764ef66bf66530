// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.postgres.Database;
import org.pbxha.sync.postgres.LocalDatabase;
import org.pbxha.sync.postgres.PgServer;

/** Each row of a node arrives, and arrives once. */
@SuppressWarnings("NullAway.Init")
class EventShipperIT {
    private Route route;

    @BeforeEach
    void connect() throws Exception {
        route = Route.of(PgServer.usual());
    }

    @AfterEach
    void disconnect() {
        route.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void rowsArriveAsTheyAreAndStayWhenTheSourceDeletesThem(String version) throws Exception {
        try (Route between = Route.of(PgServer.of(version))) {
            between.queueLog(2500);
            between.source.run(
                    "INSERT INTO cel (eventtype, exten, amaflags) VALUES ('HANGUP', E'tab\\t, \"{\\\\é}\" NULL', 3),"
                            + " ('', NULL, NULL)");
            between.ship();
            assertThat(between.arrived("queue_log")).hasSize(2500).isEqualTo(between.sent("queue_log"));
            assertThat(between.arrived("cel")).hasSize(2).isEqualTo(between.sent("cel"));

            between.source.run("DELETE FROM queue_log WHERE id <= 2000", "UPDATE cel SET call_log_id = 7 WHERE id = 1");
            between.queueLog(1);
            List<TableReport> reports = between.ship();

            assertThat(between.arrived("queue_log")).hasSize(2501);
            assertThat(between.seen("SELECT call_log_id FROM cel WHERE id = 1"))
                    .as("a row is shipped once, as it is then")
                    .containsExactly("null");
            assertThat(reports).allSatisfy(report -> {
                assertThat(report.waiting()).isZero();
                assertThat(report.complete()).isBeforeOrEqualTo(Instant.now());
                assertThat(report.problem()).isNull();
            });
        }
    }

    @Test
    void aNewColumnArrivesAndOneThatGoesStays() throws Exception {
        route.queueLog(1);
        route.ship();
        route.source.run(
                "ALTER TABLE queue_log ADD COLUMN data5 varchar(30)",
                "ALTER TABLE queue_log ADD COLUMN \"Odd, one\" jsonb DEFAULT '{}' NOT NULL",
                "INSERT INTO queue_log (event, data5, \"Odd, one\") VALUES ('NEW', 'x', '{\"a\": [1]}')");
        route.ship();
        assertThat(route.seen("SELECT node, id, data5, \"Odd, one\" FROM queue_log ORDER BY id"))
                .containsExactly("one|1|null|null", "one|2|x|{\"a\": [1]}");
        assertThat(route.seen("SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                        + " WHERE attrelid = 'queue_log'::regclass AND attname = 'data5'"))
                .containsExactly("character varying(30)");

        route.source.run("ALTER TABLE queue_log DROP COLUMN event", "INSERT INTO queue_log (time) VALUES ('now')");
        route.ship();
        assertThat(route.seen("SELECT time, event FROM queue_log WHERE id = 3")).containsExactly("now|null");
    }

    @Test
    void aTableWhoseTypesGrowGoesOn() throws Exception {
        for (int again = 0; again < 10; again++) {
            route.queueLog(1);
            route.ship();
        }
        route.source.run(
                "ALTER TABLE queue_log ALTER COLUMN id TYPE bigint",
                "ALTER TABLE queue_log ALTER COLUMN event TYPE text");
        route.queueLog(1);
        route.ship();

        assertThat(route.arrived("queue_log")).hasSize(11).isEqualTo(route.sent("queue_log"));
    }

    @Test
    void aRowThatDoesNotFitIsNamedAndAllBeforeItArrive() throws Exception {
        route.ship();
        route.source.run("ALTER TABLE queue_log ALTER COLUMN event TYPE varchar(100)");
        route.queueLog(300);
        route.source.run("INSERT INTO queue_log (event) VALUES (repeat('secret', 10))");
        route.queueLog(10);

        assertThat(route.problems())
                .singleElement()
                .asString()
                .contains("a value does not fit (SQLSTATE 22001): the row with id 301 of queue_log")
                .doesNotContain("secret");
        assertThat(route.arrived("queue_log")).hasSize(300);

        route.onTarget("ALTER TABLE queue_log ALTER COLUMN event TYPE varchar(100)");
        route.pass(Duration.ofMinutes(1));
        route.ship();
        assertThat(route.arrived("queue_log")).hasSize(311).isEqualTo(route.sent("queue_log"));
    }

    @Test
    void aTableWithoutAKeyIsRefusedAndTheOtherGoesOn() throws Exception {
        route.source.run("ALTER TABLE queue_log DROP CONSTRAINT queue_log_pkey");
        route.queueLog(1);
        route.source.run("INSERT INTO cel (eventtype) VALUES ('A')");
        assertThat(route.problems())
                .singleElement()
                .asString()
                .startsWith("queue_log: queue_log cannot be shipped: its column id is no primary key");
        assertThat(route.arrived("cel")).hasSize(1);

        route.source.run("ALTER TABLE queue_log DROP COLUMN id");
        route.pass(Duration.ofMinutes(1));
        assertThat(route.problems()).singleElement().asString().contains("it has no integer column id");
        route.source.run("DROP TABLE queue_log");
        route.pass(Duration.ofMinutes(1));
        assertThat(route.problems()).singleElement().asString().contains("no table public.queue_log");
        route.source.run(Route.QUEUE_LOG);
        route.queueLog(1);
        route.pass(Duration.ofMinutes(1));
        assertThat(route.problems()).isEmpty();
        assertThat(route.arrived("queue_log")).hasSize(1);
    }

    @Test
    void twoNodesShipToOneTarget() throws Exception {
        Database other = PgServer.usual().database(Route.QUEUE_LOG, Route.CEL);
        try (Route second = new Route(other, route.target, "two")) {
            route.queueLog(3);
            second.queueLog(5);
            route.ship();
            second.ship();

            assertThat(route.seen("SELECT node, count(*), max(id) FROM queue_log GROUP BY node ORDER BY node"))
                    .containsExactly("one|3|3", "two|5|5");
        }
    }

    @Test
    void twoNodesOfOneNameAreFoundOut() throws Exception {
        Database other = PgServer.usual().database(Route.QUEUE_LOG, Route.CEL);
        try (Route second = new Route(other, route.target, "one")) {
            route.queueLog(3);
            route.ship();
            assertThat(second.problems()).anyMatch(line -> line.contains("the ids of queue_log begin again"));
            route.queueLog(3);

            assertThat(route.problems()).anyMatch(line -> line.contains("another agent ships events as node one too"));
        }
    }

    @Test
    void idsThatBeginAgainAreNotTakenForRowsThatAreThere() throws Exception {
        route.queueLog(10);
        route.ship();
        route.source.run("TRUNCATE queue_log RESTART IDENTITY");
        route.queueLog(4);
        route.pass(Duration.ofMinutes(2));

        assertThat(route.problems())
                .singleElement()
                .asString()
                .contains("has given out ids up to 4, and the target has rows of this node up to 10")
                .contains("give events.node a new name");
    }

    @Test
    void anotherDatabaseUnderTheSameNameIsReadFromItsBeginning() throws Exception {
        route.queueLog(10);
        route.ship();
        Database restored = PgServer.usual().database(Route.QUEUE_LOG, Route.CEL);
        try (Route after = new Route(restored, route.target, "one")) {
            after.queueLog(12);
            after.ship();

            assertThat(after.arrived("queue_log")).hasSize(12);
        }
    }

    @Test
    void theNodesOwnDatabaseIsNoTarget() {
        try (Route loop = new Route(route.source, route.source, "one")) {
            assertThatThrownBy(loop::step).hasMessage("the target is this node's own database");
        }
    }

    @Test
    void aTableThatPbxHaHasNotMadeIsLeftAlone() throws Exception {
        route.target.run("CREATE TABLE queue_log (id int PRIMARY KEY)");
        route.queueLog(1);

        assertThat(route.problems()).singleElement().asString().contains("was not made by pbx-ha");
        assertThat(route.seen("SELECT count(*) FROM queue_log")).containsExactly("0");
    }

    @Test
    void columnsThatTheTargetHasBesidesAreLeftToIt() throws Exception {
        route.queueLog(1);
        route.ship();
        route.onTarget("ALTER TABLE queue_log ADD COLUMN site text DEFAULT 'here' NOT NULL");
        route.queueLog(1);
        route.ship();
        assertThat(route.seen("SELECT id, site FROM queue_log ORDER BY id")).containsExactly("1|here", "2|here");

        route.onTarget("ALTER TABLE queue_log ALTER COLUMN site DROP DEFAULT");
        route.queueLog(1);
        assertThat(route.problems())
                .singleElement()
                .asString()
                .contains("violates not-null constraint (SQLSTATE 23502): the row with id ");
    }

    @Test
    void nodesThatBeginTogetherMakeTheTablesOnce() throws Exception {
        Database other = PgServer.usual().database(Route.QUEUE_LOG, Route.CEL);
        for (int round = 0; round < 15; round++) {
            Database fresh = Route.reporting(PgServer.usual());
            try (Route one = new Route(route.source, fresh, "one");
                    Route two = new Route(other, fresh, "two")) {
                one.queueLog(1);
                two.queueLog(1);
                CompletableFuture<List<String>> problems = CompletableFuture.supplyAsync(() -> problems(two));
                assertThat(problems(one)).isEmpty();
                assertThat(problems.join()).isEmpty();
                assertThat(one.arrived("queue_log")).isEqualTo(one.sent("queue_log"));
                assertThat(two.arrived("queue_log")).isEqualTo(two.sent("queue_log"));
            }
        }
    }

    private static List<String> problems(Route route) {
        try {
            return route.problems();
        } catch (ShippingException | CancelledException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRoleThatMayOnlyReadIsEnoughAndNoTransactionStaysOpen() throws Exception {
        try (Connection superuser = PgServer.usual().superuser(route.source.name())) {
            PgServer.execute(
                    superuser, "CREATE ROLE reader LOGIN NOSUPERUSER", "GRANT SELECT ON queue_log, cel TO reader");
        }
        route.from = new LocalDatabase(route.source.server().port(), route.source.name(), "reader", "");
        route.queueLog(5);
        route.ship();
        route.raiseFloor();

        assertThat(route.arrived("queue_log")).isEqualTo(route.sent("queue_log"));
        assertThat(route.seen("SELECT DISTINCT usename, state FROM pg_stat_activity WHERE application_name IN"
                        + " ('pbx-ha', 'pbx-ha events') AND datname IN ('" + route.source.name() + "', '"
                        + route.target.name() + "') ORDER BY 1"))
                .containsExactly("pbx-ha|idle", "reader|idle");
    }
}
