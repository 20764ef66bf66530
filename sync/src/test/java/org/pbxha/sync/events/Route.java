// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.postgres.ConnectionSource;
import org.pbxha.sync.postgres.Database;
import org.pbxha.sync.postgres.PgServer;

/** A node's database, a reporting database, and a shipper between them that can be driven step by step. */
final class Route implements AutoCloseable {
    static final String QUEUE_LOG =
            "CREATE TABLE queue_log (time varchar(26) DEFAULT '' NOT NULL, event varchar(20), id serial PRIMARY KEY)";
    static final String CEL =
            "CREATE TABLE cel (id serial PRIMARY KEY, eventtype varchar(30) NOT NULL, eventtime timestamp NOT NULL"
                    + " DEFAULT now(), exten text, amaflags int, call_log_id int)";

    final Database source;
    final Database target;
    final String node;
    ConnectionSource from;
    ConnectionSource to;
    private final AtomicLong later = new AtomicLong();
    private @Nullable EventShipper shipper;

    Route(Database source, Database target, String node) {
        this.source = source;
        this.target = target;
        this.node = node;
        this.from = source.source();
        this.to = new TargetDatabase(
                "jdbc:postgresql://127.0.0.1:" + target.server().port() + "/" + target.name(), "pbx-ha", "");
    }

    /** Two fresh databases of a server. */
    static Route of(PgServer server) throws SQLException {
        return new Route(server.database(QUEUE_LOG, CEL), reporting(server), "one");
    }

    /** A server that no other test uses, with the same roles. */
    static PgServer ownServer() throws SQLException {
        PgServer server = PgServer.own();
        try (Connection connection = server.superuser("postgres")) {
            PgServer.execute(
                    connection,
                    "CREATE ROLE \"pbx-ha\" LOGIN NOSUPERUSER",
                    "GRANT asterisk TO \"pbx-ha\"",
                    // As everywhere but on a server for tests.
                    "ALTER ROLE asterisk SET synchronous_commit = on",
                    "ALTER ROLE \"pbx-ha\" SET synchronous_commit = on");
        }
        return server;
    }

    /** An empty database in which the role pbx-ha may make tables, as everybody may, and has no rights besides. */
    static Database reporting(PgServer server) throws SQLException {
        Database database = server.database();
        try (Connection connection = server.superuser("postgres")) {
            PgServer.execute(connection, "ALTER DATABASE " + database.name() + " OWNER TO postgres");
        }
        return database;
    }

    /** Steps until nothing is left to do at once, and returns the last reports. */
    List<TableReport> ship() throws ShippingException, CancelledException {
        List<TableReport> reports = shipWhatCanBe();
        for (TableReport report : reports) {
            if (report.problem() != null) {
                throw report.problem();
            }
        }
        return reports;
    }

    /** The same, when tables may have problems. */
    List<TableReport> shipWhatCanBe() throws ShippingException, CancelledException {
        List<TableReport> reports = step();
        while (reports.stream().anyMatch(TableReport::more)) {
            reports = step();
        }
        return reports;
    }

    List<TableReport> step() throws ShippingException, CancelledException {
        if (shipper == null) {
            shipper = EventShipper.open(
                    from,
                    to,
                    new Shipment(node, "public", List.of("queue_log", "cel")),
                    new Cancellation(),
                    () -> System.nanoTime() + later.get());
        }
        try {
            return shipper.step();
        } catch (ShippingException e) {
            close();
            throw e;
        }
    }

    /** Ships on through failures, until all is shipped. */
    void shipInSpiteOfAll() throws CancelledException {
        while (true) {
            try {
                List<TableReport> reports = step();
                if (reports.stream().noneMatch(report -> report.more() || report.problem() != null)) {
                    return;
                }
                pass(Duration.ofMinutes(1));
            } catch (ShippingException e) {
                close();
            }
        }
    }

    /** Lets time pass, for the shipper. */
    void pass(Duration time) {
        later.addAndGet(time.toNanos());
    }

    /** Ships one row after the other for some minutes, so that the floor rises to ids given out before. */
    long raiseFloor() throws Exception {
        for (int minute = 0; minute < 2; minute++) {
            queueLog(1);
            ship();
            pass(Floor.SETTLING);
        }
        queueLog(1);
        ship();
        return Long.parseLong(seen("SELECT floor_id FROM pbx_ha_watermark WHERE table_name = 'queue_log'")
                .get(0));
    }

    /** The report of one table. */
    TableReport shipped(String table) throws ShippingException, CancelledException {
        return ship().stream()
                .filter(report -> report.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    void queueLog(int rows) throws SQLException {
        source.run("INSERT INTO queue_log (time, event) SELECT n::text, 'ABANDON' FROM generate_series(1, " + rows
                + ") n");
    }

    /** What the source has, as it should be on the target. */
    List<String> sent(String table) throws SQLException {
        return source.query("SELECT id, to_jsonb(t) FROM " + table + " t ORDER BY id");
    }

    /** What a query on the target gives. */
    List<String> seen(String sql) throws SQLException {
        try (Connection connection = target.server().superuser(target.name())) {
            PgServer.execute(connection, "SET search_path TO \"pbx-ha\", public");
            return Database.query(connection, sql);
        }
    }

    /** What has arrived of this node. */
    List<String> arrived(String table) throws SQLException {
        return seen("SELECT id, to_jsonb(t) - 'node' FROM " + table + " t WHERE node = '" + node + "' ORDER BY id");
    }

    /** Ends all sessions of the role that ships in a database. */
    static void terminate(Database database) throws SQLException {
        try (Connection connection = database.server().superuser("postgres")) {
            PgServer.execute(
                    connection,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'pbx-ha' AND datname = '"
                            + database.name() + "'");
        }
    }

    /** As the superuser, in the target. */
    void onTarget(String... statements) throws SQLException {
        try (Connection connection = target.server().superuser(target.name())) {
            PgServer.execute(connection, statements);
        }
    }

    List<String> problems() throws ShippingException, CancelledException {
        List<String> problems = new ArrayList<>();
        for (TableReport report : shipWhatCanBe()) {
            if (report.problem() != null) {
                problems.add(report.table() + ": " + report.problem().getMessage() + " "
                        + report.problem().hint());
            }
        }
        return problems;
    }

    @Override
    public void close() {
        if (shipper != null) {
            shipper.close();
            shipper = null;
        }
    }
}
