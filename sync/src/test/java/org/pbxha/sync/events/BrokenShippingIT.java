// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.postgres.ConnectionSource;
import org.pbxha.sync.postgres.Database;
import org.pbxha.sync.postgres.PgServer;

/** Whatever breaks, at whatever moment: each row arrives once. */
@SuppressWarnings("NullAway.Init")
class BrokenShippingIT {
    private static final int ROUNDS = 40;

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
    void connectionsThatDieAtAnyMomentNeitherLoseNorDoubleARow() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> write(over, 1));
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> write(over, 2));
        CompletableFuture<Integer> killer = CompletableFuture.supplyAsync(() -> kill(over));
        while (!killer.isDone()) {
            route.shipInSpiteOfAll();
        }
        int written = writer.join() + second.join();
        route.shipInSpiteOfAll();

        assertThat(killer.join()).isEqualTo(ROUNDS);
        String sum = "SELECT count(*), sum(hashtext(concat_ws(' ', id, time, event))::bigint) FROM queue_log";
        assertThat(route.seen(sum)).isEqualTo(route.source.query(sum)).allMatch(line -> line.startsWith(written + "|"));
    }

    /** Commits late and out of order: what is written last in a transaction is often committed after what comes later. */
    private int write(AtomicBoolean over, int seed) {
        Random random = new Random(seed);
        int rows = 0;
        try (Connection connection = route.source.connect()) {
            connection.setAutoCommit(false);
            while (!over.get()) {
                int some = 1 + random.nextInt(30);
                for (int part = 0; part < 3; part++) {
                    PgServer.execute(
                            connection,
                            "SAVEPOINT s",
                            "INSERT INTO queue_log (time, event) SELECT n, 'W" + seed + "' FROM generate_series(1, "
                                    + some + ") n",
                            "RELEASE SAVEPOINT s");
                }
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    rows += 3 * some;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private int kill(AtomicBoolean over) {
        Random random = new Random(3);
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                Duration soon = Duration.ofMillis(random.nextInt(60));
                await().pollDelay(soon).pollInterval(Duration.ofMillis(1)).until(() -> true);
                Route.terminate(random.nextInt(3) == 0 ? route.source : route.target);
            }
            return ROUNDS;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            over.set(true);
        }
    }

    @Test
    void manyRowsGoInBoundedBatchesAndOnWhereTheyStopped() throws Exception {
        int rows = 30_000;
        route.queueLog(rows);
        long most = 0;
        long arrived = 0;
        long waiting = Long.MAX_VALUE;
        TableReport report = null;
        while (report == null || report.more()) {
            report = route.step().get(0);
            most = Math.max(most, report.shipped());
            arrived += report.shipped();
            if (arrived == 9_000) {
                waiting = report.waiting();
                route.close();
            }
        }

        assertThat(most).isEqualTo(Look.MOST_ROWS);
        assertThat(waiting).isBetween(1L, TableReport.MOST_COUNTED);
        assertThat(arrived).isEqualTo(rows);
        assertThat(report.waiting()).isZero();
        assertThat(route.seen("SELECT count(*), min(id), max(id) FROM queue_log"))
                .containsExactly(rows + "|1|" + rows);
    }

    @Test
    void longRowsAreBoundedByTheirLength() throws Exception {
        route.source.run(
                "INSERT INTO cel (eventtype, exten) SELECT '', repeat(md5(n::text), 12000) FROM generate_series(1, 20) n");

        route.step();
        assertThat(route.arrived("cel")).as("a batch is a million bytes").hasSize(2);
        route.ship();
        String sum = "SELECT count(*), sum(hashtext(exten)) FROM cel";
        assertThat(route.seen(sum)).isEqualTo(route.source.query(sum));

        route.queueLog(1);
        route.source.run(
                "INSERT INTO cel (eventtype) VALUES ('')",
                "INSERT INTO cel (eventtype, exten) VALUES ('', repeat('secret', 200000))");
        assertThat(route.problems())
                .singleElement()
                .asString()
                .startsWith("cel: the row with id 22 of cel has 12000")
                .doesNotContain("secret");
        assertThat(route.arrived("cel")).hasSize(21);
        assertThat(route.arrived("queue_log")).hasSize(1);
    }

    @Test
    void aCommitWhoseAnswerIsLostDoublesNothing() throws Exception {
        AtomicInteger lost = new AtomicInteger();
        ConnectionSource reliable = route.to;
        Random random = new Random(5);
        route.to = () -> losing(reliable.open(), () -> random.nextInt(8) == 0, lost);
        for (int round = 0; round < 20; round++) {
            route.queueLog(1500);
            route.shipInSpiteOfAll();
        }

        assertThat(lost).hasValueGreaterThan(10);
        String sum = "SELECT count(*), sum(id), min(time), max(time) FROM queue_log";
        assertThat(route.seen(sum)).isEqualTo(route.source.query(sum));
    }

    private static Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** A connection that dies, now and then, between a commit and its answer. */
    private static Connection losing(Connection connection, BooleanSupplier loses, AtomicInteger lost) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = call(connection, method, arguments);
                    if (method.getName().equals("commit") && loses.getAsBoolean()) {
                        lost.incrementAndGet();
                        connection.abort(Runnable::run);
                        throw new SQLException("the answer is lost", "08006");
                    }
                    return result;
                });
    }

    @Test
    void aTargetThatIsDownGetsAllWhenItIsBack() throws Exception {
        route.queueLog(5);
        route.ship();
        allowConnections(false);
        Route.terminate(route.target);
        route.queueLog(5);
        assertThatThrownBy(route::ship).isInstanceOfSatisfying(ShippingException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.CONNECTION);
            assertThat(e).hasMessageStartingWith("the target: ");
        });
        assertThatThrownBy(route::ship).hasMessageContaining("the target: no connection");

        allowConnections(true);
        route.ship();
        assertThat(route.arrived("queue_log")).hasSize(10);
    }

    private void allowConnections(boolean allowed) throws SQLException {
        try (Connection connection = PgServer.usual().superuser("postgres")) {
            PgServer.execute(connection, "ALTER DATABASE " + route.target.name() + " ALLOW_CONNECTIONS " + allowed);
        }
    }

    @Test
    void aSourceThatCrashesAndRecoversLosesNothing() throws Exception {
        PgServer server = Route.ownServer();
        try (Route crashing = new Route(server.database(Route.QUEUE_LOG, Route.CEL), route.target, "one")) {
            crashAgainAndAgain(crashing, crashing.source, "this node's database: ");
        } finally {
            server.stop();
        }
    }

    @Test
    void aTargetThatCrashesAndRecoversLosesNothing() throws Exception {
        PgServer server = Route.ownServer();
        try (Route crashing = new Route(route.source, Route.reporting(server), "one")) {
            crashAgainAndAgain(crashing, crashing.target, "the target: ");
        } finally {
            server.stop();
        }
    }

    private static void crashAgainAndAgain(Route route, Database database, String name) throws Exception {
        for (int round = 0; round < 3; round++) {
            route.queueLog(50);
            route.ship();
            crash(database);
            await().ignoreExceptions().until(() -> !database.query("SELECT 1").isEmpty());
            route.queueLog(50);
            assertThatThrownBy(route::ship).hasMessageStartingWith(name);
            route.ship();
        }
        assertThat(route.arrived("queue_log")).hasSize(300).isEqualTo(route.sent("queue_log"));
    }

    /** A server process that is killed makes the server begin anew from its log. */
    private static void crash(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            long pid = Long.parseLong(
                    Database.query(connection, "SELECT pg_backend_pid()").get(0));
            // What is numbered and never written down is numbered again after the crash.
            PgServer.execute(connection, "BEGIN", "SELECT txid_current()", "ROLLBACK");
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().until(() -> !isAlive(connection));
        }
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
