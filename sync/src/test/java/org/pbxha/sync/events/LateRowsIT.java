// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.postgres.Database;
import org.pbxha.sync.postgres.PgServer;

/** Rows do not appear in the order of their ids, nor at once: none is passed over. */
@SuppressWarnings("NullAway.Init")
class LateRowsIT {
    private static final Duration UNTIL_SWEPT = Duration.ofHours(1);

    private Route route;

    @BeforeEach
    void connect() throws Exception {
        route = Route.of(PgServer.usual());
    }

    @AfterEach
    void disconnect() {
        route.close();
    }

    @Test
    void aLateCommitWithALowIdIsNotSkipped() throws Exception {
        try (Connection late = route.source.connect()) {
            late.setAutoCommit(false);
            PgServer.execute(late, "INSERT INTO queue_log (event) VALUES ('LATE')");
            route.queueLog(3);

            assertThat(route.shipped("queue_log").waiting()).isEqualTo(3);
            assertThat(route.arrived("queue_log")).isEmpty();
            late.commit();
        }
        route.ship();

        assertThat(route.arrived("queue_log")).hasSize(4).isEqualTo(route.sent("queue_log"));
    }

    @Test
    void whatASavepointOfAnOldTransactionWritesLateIsNotSkipped() throws Exception {
        route.queueLog(1);
        route.ship();
        try (Connection late = route.source.connect()) {
            late.setAutoCommit(false);
            PgServer.execute(late, "CREATE TABLE other ()", "SAVEPOINT a", "INSERT INTO cel (eventtype) VALUES ('A')");
            route.queueLog(2);
            route.ship();
            PgServer.execute(late, "INSERT INTO queue_log (event) VALUES ('LATE')", "RELEASE SAVEPOINT a");
            route.ship();
            late.commit();
        }
        route.ship();

        assertThat(route.arrived("queue_log")).hasSize(4).isEqualTo(route.sent("queue_log"));
        assertThat(route.arrived("cel")).hasSize(1);
    }

    @Test
    void anOpenTransactionElsewhereHoldsRowsBackAndIsNamed() throws Exception {
        Database elsewhere = PgServer.usual().database("CREATE TABLE other (n int)");
        try (Connection open = elsewhere.connect();
                Connection reader = route.source.connect()) {
            reader.setAutoCommit(false);
            PgServer.execute(reader, "SELECT 1 FROM cel");
            route.queueLog(1);
            assertThat(route.shipped("queue_log").blocker())
                    .as("who only reads holds nothing back")
                    .isNull();
            assertThat(route.arrived("queue_log")).hasSize(1);

            open.setAutoCommit(false);
            PgServer.execute(open, "INSERT INTO other VALUES (1)");
            route.queueLog(5);
            Instant before = route.shipped("queue_log").complete();
            TableReport report = route.shipped("queue_log");

            assertThat(report.waiting()).isEqualTo(5);
            assertThat(report.complete()).isEqualTo(before);
            String pid = Database.query(open, "SELECT pg_backend_pid()").get(0);
            assertThat(report.blocker()).isNotNull();
            assertThat(report.blocker().who())
                    .isEqualTo("process " + pid + " (role asterisk, database " + elsewhere.name() + ")");
            assertThat(report.blocker().since()).isBeforeOrEqualTo(Instant.now());
            open.rollback();
        }
        TableReport report = route.shipped("queue_log");

        assertThat(report.waiting()).isZero();
        assertThat(report.blocker()).isNull();
        assertThat(route.arrived("queue_log")).hasSize(6);
    }

    @Test
    void aTransactionOfAForeignRoleIsNamedToo() throws Exception {
        Database elsewhere = PgServer.usual().database();
        try (Connection open = PgServer.usual().superuser(elsewhere.name())) {
            open.setAutoCommit(false);
            PgServer.execute(open, "CREATE TABLE other ()");
            route.queueLog(1);
            route.ship();

            Blocker blocker = route.shipped("queue_log").blocker();
            assertThat(blocker).isNotNull();
            assertThat(blocker.who()).contains("role postgres");
            open.rollback();
        }
    }

    @Test
    void aPreparedTransactionHoldsRowsBackAndIsNamed() throws Exception {
        PgServer server = Route.ownServer();
        try (Route own = Route.of(server)) {
            own.source.run("BEGIN", "INSERT INTO queue_log (event) VALUES ('LATE')", "PREPARE TRANSACTION 'forgotten'");
            own.queueLog(1);
            own.ship();
            Blocker blocker = own.shipped("queue_log").blocker();

            assertThat(blocker).isNotNull();
            assertThat(blocker.who()).startsWith("prepared transaction forgotten (role asterisk, database test");
            assertThat(own.arrived("queue_log")).isEmpty();
            own.source.run("COMMIT PREPARED 'forgotten'");
            own.ship();
            assertThat(own.arrived("queue_log")).hasSize(2).isEqualTo(own.sent("queue_log"));
        } finally {
            server.stop();
        }
    }

    @Test
    void anIdWhoseTransactionBeginsMuchLaterIsNotSkipped() throws Exception {
        long floor = route.raiseFloor();
        try (Connection late = route.source.connect()) {
            late.setAutoCommit(false);
            String id =
                    Database.query(late, "SELECT nextval('queue_log_id_seq')").get(0);
            assertThat(route.raiseFloor()).isGreaterThan(floor).isLessThan(Long.parseLong(id));
            // By now the floor would only have to wait for a moment that lies before this row.
            route.pass(Floor.SETTLING);
            route.queueLog(1);
            PgServer.execute(late, "INSERT INTO queue_log (id, event) VALUES (" + id + ", 'LATE')");
            route.raiseFloor();
            late.commit();
        }
        route.ship();

        assertThat(route.arrived("queue_log")).isEqualTo(route.sent("queue_log"));
        assertThat(route.raiseFloor()).isGreaterThan(floor + 1);
    }

    @Test
    void aRowThatIsUpdatedBeforeItIsShippedIsNotSkipped() throws Exception {
        try (Connection first = route.source.connect();
                Connection second = route.source.connect();
                Connection third = route.source.connect()) {
            begin(first);
            begin(second);
            route.queueLog(1);
            route.ship();
            route.pass(Floor.SETTLING);
            first.rollback();
            // From here on the floor rises to the row when all transactions up to this moment are shipped.
            route.ship();
            begin(third);
            route.source.run("UPDATE queue_log SET event = 'UPDATED'");
            second.rollback();
            route.ship();
            third.rollback();
        }
        route.ship();

        assertThat(route.arrived("queue_log")).hasSize(1).isEqualTo(route.sent("queue_log"));
    }

    /** Takes a transaction number. */
    private static void begin(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        PgServer.execute(connection, "SELECT txid_current()");
    }

    @Test
    void anIdFarAheadDoesNotHideTheOnesBefore() throws Exception {
        route.queueLog(3);
        route.source.run("INSERT INTO queue_log (id, event) VALUES (50000, 'AHEAD')");
        assertThat(route.raiseFloor()).isBetween(3L, 10L);
        route.queueLog(3);
        route.ship();

        assertThat(route.arrived("queue_log")).hasSize(10).isEqualTo(route.sent("queue_log"));
    }

    @Test
    void rowsWithIdsThatWereNotGivenOutInTurnAreFoundBySweeps() throws Exception {
        route.source.run("SELECT setval('queue_log_id_seq', 20000)");
        route.source.run("INSERT INTO queue_log (id, event) SELECT n, '' FROM generate_series(100, 12000) n");
        route.raiseFloor();
        assertThat(route.raiseFloor()).isGreaterThan(20000);
        route.source.run("INSERT INTO queue_log (id, event) VALUES (7, 'RESTORED'), (15000, 'RESTORED')");
        route.ship();
        assertThat(route.arrived("queue_log")).hasSize(11_901 + 6);

        route.pass(UNTIL_SWEPT);
        int steps = 0;
        while (route.arrived("queue_log").size() < 11_901 + 8 && steps < 5) {
            route.ship();
            steps++;
        }
        assertThat(steps).as("one bounded piece a step").isEqualTo(2);
        assertThat(route.arrived("queue_log")).isEqualTo(route.sent("queue_log"));
    }

    @Test
    void transactionsAreCountedOnWhereTheirLowerHalfBeginsAgain() throws Exception {
        String sql = "SELECT " + Moment.NUMBER.replace("?", "4294967306::bigint")
                + " FROM (VALUES ('4294967290'::xid), ('3'::xid), ('9'::xid)) v (xmin)";

        assertThat(route.source.query(sql)).containsExactly("4294967290", "4294967299", "4294967305");
    }
}
