// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/** Everything that a schema may hold, from one database to another of the same shape. */
@SuppressWarnings("NullAway.Init")
class ReplicationIT {
    private Database master;
    private Database slave;

    @BeforeEach
    void makeDatabases() throws Exception {
        master = PgServer.usual().database(Schema.EVERYTHING);
        master.run(Schema.MASTER_ROWS);
        slave = PgServer.usual().database(Schema.EVERYTHING);
        slave.run(Schema.SLAVE_ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void makesEveryReplicatedTableAndSequenceEqualAndKeepsTheExcludedOnes(String version) throws Exception {
        Database from = PgServer.of(version).database(Schema.EVERYTHING);
        from.run(Schema.MASTER_ROWS);
        Database to = PgServer.of(version).database(Schema.EVERYTHING);
        to.run(Schema.SLAVE_ROWS);
        Map<String, String> before = to.content();
        List<String> shape = to.shape();

        ApplySummary summary = Replication.run(from, to);

        Map<String, String> expected = from.content();
        for (String excluded : List.of("cel", "cel_id_seq", "queue_log", "kept_child")) {
            assertThat(before.get(excluded)).isNotEqualTo(expected.get(excluded));
            expected.put(excluded, before.get(excluded));
        }
        // Seen through its parent as well.
        expected.remove("parent");
        Map<String, String> after = to.content();
        after.remove("parent");
        assertThat(after).isEqualTo(expected);
        assertThat(to.query("SELECT n FROM parent ORDER BY n")).containsExactly("1", "2", "5");
        assertThat(to.shape()).isEqualTo(shape);
        assertThat(summary.rowsByTable()).containsEntry("user Features", 3L).doesNotContainKey("cel");
        assertThat(to.query("SELECT * FROM fired")).isEmpty();
    }

    @Test
    void aSequenceThatDoesNotFitTakesTheOthersBackWithIt() throws Exception {
        slave.run("CREATE SEQUENCE zz_last MAXVALUE 3");
        master.run("CREATE SEQUENCE zz_last", "SELECT setval('zz_last', 4)");
        Map<String, String> before = slave.content();

        assertThatThrownBy(() -> Replication.run(master, slave)).isInstanceOf(ReplicationException.class);

        assertThat(slave.content()).isEqualTo(before);
    }

    @Test
    void workingAsANonSuperuserIsEnough() throws Exception {
        try (Connection connection = slave.source().open()) {
            assertThat(Database.query(
                            connection,
                            "SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"))
                    .containsExactly("f|f|f");
        }
    }

    @Test
    void canBeRepeated() throws Exception {
        Replication.run(master, slave);
        Map<String, String> first = slave.content();

        master.run("UPDATE staticsip SET var_val = 'changed'", "DELETE FROM \"user Features\" WHERE boss IS NOT NULL");
        Replication.run(master, slave);

        assertThat(slave.content()).isNotEqualTo(first);
        assertThat(slave.content().get("staticsip")).isEqualTo(master.content().get("staticsip"));
    }

    @Test
    void newRowsOnTheSlaveContinueWhereTheMastersSequencesStand() throws Exception {
        Replication.run(master, slave);

        slave.run("INSERT INTO staticsip (var_name) VALUES ('new')");
        assertThat(slave.query("SELECT id FROM staticsip WHERE var_name = 'new'"))
                .isEqualTo(master.query("SELECT nextval('staticsip_id_seq')"));
    }

    @Test
    void takesTablesOfSeveralOwners() throws Exception {
        for (Database database : List.of(master, slave)) {
            try (Connection connection = database.server().superuser(database.name())) {
                PgServer.execute(
                        connection, "ALTER TABLE tenant OWNER TO other_owner", "GRANT ALL ON tenant TO asterisk");
            }
        }

        Replication.run(master, slave);

        assertThat(slave.content().get("tenant")).isEqualTo(master.content().get("tenant"));
    }

    @Test
    void tellsWhichExcludedTablesAndCategoriesThereAreNot() throws Exception {
        Selection selection = new Selection(
                "public",
                Set.of("cel", "call_log"),
                List.of(),
                List.of(
                        new Selection.Category("queues", List.of("queue_*", "other"), Selection.Fate.LEAVE),
                        new Selection.Category("support", List.of("monitoring", "alert_*"), Selection.Fate.LEAVE),
                        new Selection.Category("identity", List.of("infos"), Selection.Fate.REPLICATE)),
                Selection.Fate.REPLICATE);

        SnapshotSummary summary = SnapshotSender.send(
                master.source(),
                selection,
                Replica.NONE,
                Progress.NONE,
                OutputStream.nullOutputStream(),
                new Cancellation());

        assertThat(summary.unmatchedExclusions()).containsExactly("call_log", "support (monitoring, alert_*)");
    }

    @Test
    void refusesAConstraintThatTheMastersRowsBreakAndNamesIt() throws Exception {
        slave.run(
                "CREATE TABLE local_plugin (id int, sip int REFERENCES staticsip (id))",
                "INSERT INTO local_plugin SELECT 1, max(id) FROM staticsip");
        master.run("DELETE FROM staticsip WHERE id <> 1");
        Map<String, String> before = slave.content();
        List<String> shape = slave.shape();

        assertThatThrownBy(() -> Replication.run(master, slave))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT))
                .hasMessageContaining("local_plugin_sip_fkey");
        assertThat(slave.content()).isEqualTo(before);
        assertThat(slave.shape()).isEqualTo(shape);
    }

    @Test
    void listsEveryDifferenceAndChangesNothing() throws Exception {
        slave.run(
                "UPDATE alembic_version SET version_num = 'older'",
                "DELETE FROM staticsip",
                "ALTER TABLE staticsip DROP COLUMN var_val, ADD COLUMN added int NOT NULL, ADD COLUMN harmless int",
                "ALTER TABLE tenant ALTER COLUMN name TYPE varchar(7)",
                "ALTER TYPE colour ADD VALUE 'green'",
                "DROP TABLE partitioned CASCADE",
                "DROP SEQUENCE free_seq");
        Map<String, String> before = slave.content();

        assertThatThrownBy(() -> Replication.run(master, slave))
                .isInstanceOfSatisfying(ReplicationException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.DIFFERENT);
                    assertThat(e.differences())
                            .containsExactly(
                                    "alembic_version: the schema's version is [(abc123)] on the master and [(older)] here",
                                    "partitioned: the table is missing here",
                                    "staticsip: column var_val is missing here",
                                    "staticsip: column added exists only here and needs a value",
                                    "tenant: column name is text on the master and character varying(7) here",
                                    "types: column an_enum is public.colour {red,blue} on the master and public.colour"
                                            + " {red,blue,green} here",
                                    "types: column e is public.colour[] {red,blue} on the master and public.colour[]"
                                            + " {red,blue,green} here",
                                    "free_seq: the sequence is missing here");
                });
        assertThat(slave.content()).isEqualTo(before);
    }

    @Test
    void refusesATableThatIsExcludedOnlyHere() throws Exception {
        byte[] snapshot = Replication.snapshot(master);
        Selection stricter = new Selection("public", Set.of("cel", "queue_log", "netiface"), List.of());

        assertThatThrownBy(() -> SnapshotApplier.apply(
                        slave.source(),
                        stricter,
                        Receiver.PLAIN,
                        new ByteArrayInputStream(snapshot),
                        new Cancellation()))
                .hasMessageContaining("netiface: the master sends the table, which is left alone here");
    }

    @Test
    void refusesAnEncodingOtherThanUtf8() throws Exception {
        Database latin = PgServer.usual().databaseIn("LATIN1", Schema.EVERYTHING);

        assertThatThrownBy(() -> Replication.run(master, latin))
                .hasMessageContaining("this node's database has the encoding LATIN1 instead of UTF8");
    }

    @Test
    void seesOneMomentWhateverIsWrittenMeanwhile() throws Exception {
        master.run(
                "CREATE TABLE left_side (n int)",
                "CREATE TABLE right_side (n int)",
                "INSERT INTO left_side VALUES (500)",
                "INSERT INTO right_side VALUES (500)");
        slave.run("CREATE TABLE left_side (n int)", "CREATE TABLE right_side (n int)");
        try (Writer writer = new Writer(master)) {
            List<String> sums = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Replication.run(master, slave);
                sums.addAll(slave.query("SELECT l.n + r.n FROM left_side l, right_side r"));
            }
            assertThat(sums).isEqualTo(Collections.nCopies(10, "1000"));
            assertThat(writer.count()).isGreaterThan(10);
        }
    }

    @Test
    void aTruncationInFlightIsSeenWithTheRowsThatFollowIt() throws Exception {
        master.run("CREATE TABLE refilled AS SELECT generate_series(1, 5) AS n");
        slave.run("CREATE TABLE refilled (n int)");
        try (Connection refill = master.connect()) {
            refill.setAutoCommit(false);
            PgServer.execute(refill, "TRUNCATE refilled", "INSERT INTO refilled SELECT generate_series(1, 7)");
            var replicated = Async.run(() -> Replication.run(master, slave));
            Async.awaitLockWait(master);
            refill.commit();
            replicated.get();
        }

        assertThat(slave.query("SELECT count(*) FROM refilled")).containsExactly("7");
    }
}
