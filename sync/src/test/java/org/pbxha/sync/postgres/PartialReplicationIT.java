// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/** Only what has changed is sent, and the slave is equal to the master all the same. */
@SuppressWarnings("NullAway.Init")
class PartialReplicationIT {
    /** More rows than a table has that is always sent whole. */
    private static final int MANY = 3_000;

    private static final String[] LARGE = {
        "CREATE TABLE large (id serial PRIMARY KEY, name text UNIQUE, more jsonb)",
        "INSERT INTO large (name, more) SELECT 'n' || g, '{}' FROM generate_series(1, " + MANY + ") g"
    };

    private Database master;
    private Database slave;
    private Optional<Baseline> ofMaster = Optional.empty();
    private Optional<Baseline> ofSlave = Optional.empty();

    @BeforeEach
    void replicateOnce() throws Exception {
        begin("usual");
    }

    private void begin(String version) throws Exception {
        master = PgServer.of(version).database(Schema.EVERYTHING);
        master.run(Schema.MASTER_ROWS);
        master.run(LARGE);
        slave = PgServer.of(version).database(Schema.EVERYTHING);
        slave.run(LARGE[0]);
        ofMaster = Optional.empty();
        ofSlave = Optional.empty();
        replicate();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void nothingIsSentWhenNothingHasChanged(String version) throws Exception {
        begin(version);

        assertThat(replicate()).isEmpty();
        assertThat(replicate()).as("and never again").isEmpty();
        assertEqual();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void aTableThatHasChangedIsSentAndALargeOneOnlyWithItsChangedRows(String version) throws Exception {
        begin(version);
        master.run(
                "INSERT INTO staticsip (var_name) VALUES ('new')",
                "UPDATE large SET more = '{\"a\": 1}' WHERE id = 7",
                "INSERT INTO large (name) VALUES ('another')");

        assertThat(replicate()).containsExactly("large 2 of its rows", "staticsip whole");
        assertEqual();
    }

    @Test
    void rowsThatSwapTheirUniqueValuesArrive() throws Exception {
        master.run(
                "UPDATE large SET name = 'free' WHERE id = 1",
                "UPDATE large SET name = 'n1' WHERE id = 2",
                "UPDATE large SET name = 'n2' WHERE id = 1");

        assertThat(replicate()).containsExactly("large 2 of its rows");
        assertEqual();
    }

    @Test
    void moreRowsGoneThanCameAreSeenAtOnce() throws Exception {
        master.run("DELETE FROM large WHERE id % 100 = 0", "UPDATE large SET more = NULL WHERE id = 1");

        assertThat(replicate()).containsExactly("large " + (1 + MANY - MANY / 100) + " of its rows");
        assertEqual();
    }

    @Test
    void rowsDeletedWhileOthersCameAreFoundByCounting() throws Exception {
        master.run("DELETE FROM large WHERE id = 5", "INSERT INTO large (name) VALUES ('x'), ('y')");

        assertThatThrownBy(this::replicate)
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ROWS_GONE));

        assertThat(replicate(true)).containsExactly("large " + (2 + MANY + 1) + " of its rows");
        assertEqual();
    }

    @Test
    void whatSomebodyChangedOnTheSlaveIsPutRight() throws Exception {
        slave.run("UPDATE large SET name = 'mine' WHERE id = 9", "DELETE FROM types WHERE id = 1");

        assertThat(replicate()).containsExactly("large whole", "types whole");
        assertEqual();
    }

    @Test
    void whatSomebodyChangesOnTheSlaveWhileItIsReplicatedIsPutRightTheNextTime() throws Exception {
        IntactTables told = IntactTables.read(slave.source(), Replication.SELECTION, ofSlave);
        slave.run("DELETE FROM types WHERE id = 1");
        replicate(told, false);

        assertThat(replicate()).containsExactly("types whole");
        assertEqual();
    }

    @Test
    void aTransactionWithSavepointsThatWasOpenAtTheSnapshotIsNotMissed() throws Exception {
        try (Connection open = master.connect()) {
            open.setAutoCommit(false);
            PgServer.execute(
                    open,
                    "SELECT txid_current()",
                    "SAVEPOINT one",
                    "DELETE FROM large WHERE id = 3",
                    "INSERT INTO large (id, name) VALUES (3, 'in a savepoint')");
            master.run("SELECT txid_current()");
            replicate();
            open.commit();
        }

        assertThat(replicate()).containsExactly("large 1 of its rows");
        assertEqual();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void frozenRowsAreNoNewOnes(String version) throws Exception {
        begin(version);
        for (Database database : List.of(master, slave)) {
            for (String table :
                    database.query("SELECT quote_ident(tablename) FROM pg_tables WHERE tableowner = 'asterisk'")) {
                database.run("VACUUM (FREEZE) " + table);
            }
        }

        assertThat(replicate()).isEmpty();
        assertEqual();
    }

    @Test
    void rowsThatWereRewrittenWithoutAChangeAreSentAgain() throws Exception {
        master.run("ALTER TABLE types ALTER COLUMN id TYPE bigint", "ALTER TABLE types ALTER COLUMN id TYPE int");

        assertThat(replicate()).containsExactly("types whole");
        assertEqual();
    }

    @Test
    void anotherDatabaseOfTheSameNameGetsEverything() throws Exception {
        slave = slave.server().database(Schema.EVERYTHING);
        slave.run(LARGE[0]);

        assertThat(replicate()).contains("large whole", "types whole");
        assertEqual();
    }

    @Test
    void theSlaveRefusesWhatBuildsOnTablesThatItHasNotGot() throws Exception {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        IntactTables told = IntactTables.read(slave.source(), Replication.SELECTION, ofSlave);
        SnapshotSender.send(
                master.source(),
                Replication.SELECTION,
                new Replica(ofMaster, told.rows(), false),
                Progress.NONE,
                stream,
                new Cancellation());

        assertThatThrownBy(() -> Replication.apply(slave, stream.toByteArray()))
                .hasMessageContaining("for one that is here, which is not so");
    }

    private List<String> replicate() throws Exception {
        return replicate(false);
    }

    private List<String> replicate(boolean keys) throws Exception {
        return replicate(IntactTables.read(slave.source(), Replication.SELECTION, ofSlave), keys);
    }

    /** Returns what was sent of which table. */
    private List<String> replicate(IntactTables told, boolean keys) throws Exception {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        SnapshotSummary sent = SnapshotSender.send(
                master.source(),
                Replication.SELECTION,
                new Replica(ofMaster, told.rows(), keys),
                Progress.NONE,
                stream,
                new Cancellation());
        ApplySummary applied = SnapshotApplier.apply(
                slave.source(),
                Replication.SELECTION,
                new Receiver(Optional.of(told), Optional.empty()),
                new ByteArrayInputStream(stream.toByteArray()),
                new Cancellation());
        ofMaster = Optional.of(sent.baseline());
        ofSlave = Optional.of(applied.baseline());
        assertThat(applied.rowsByTable()).isEqualTo(sent.baseline().rows());
        return sent.sent().stream()
                .map(table -> table.name() + (table.whole() ? " whole" : " " + table.rows() + " of its rows"))
                .toList();
    }

    private void assertEqual() throws Exception {
        Map<String, String> there = master.content();
        Map<String, String> here = slave.content();
        for (String table : ofMaster.orElseThrow().rows().keySet()) {
            // Seen through its parent: the rows of a child that each node keeps for itself.
            if (table.equals("parent")) {
                continue;
            }
            String name = table.contains(" ") ? '"' + table + '"' : table;
            assertThat(here.get(name)).as(table).isEqualTo(there.get(name));
        }
        assertThat(here.get("large_id_seq")).isEqualTo(there.get("large_id_seq"));
    }
}
