// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.postgres.WrittenRows.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** After a replication each node can tell what it alone has written since. */
@SuppressWarnings("NullAway.Init")
class WrittenRowsIT {
    private static final Logger LOG = LoggerFactory.getLogger(WrittenRowsIT.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Database master;
    private Database slave;
    private Baseline ofMaster;
    private Baseline ofSlave;

    @BeforeEach
    void replicate() throws Exception {
        replicate("usual");
    }

    private void replicate(String version) throws Exception {
        master = PgServer.of(version).database(Schema.EVERYTHING);
        master.run(Schema.MASTER_ROWS);
        slave = PgServer.of(version).database(Schema.EVERYTHING);
        slave.run(Schema.SLAVE_ROWS);
        ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
        ofMaster = SnapshotSender.send(
                        master.source(),
                        Replication.SELECTION,
                        Replica.NONE,
                        Progress.NONE,
                        snapshot,
                        new Cancellation())
                .baseline();
        ofSlave = Replication.apply(slave, snapshot.toByteArray()).baseline();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void nothingIsWrittenByTheReplicationItself(String version) throws Exception {
        replicate(version);

        assertThat(ofMaster.rows()).isEqualTo(ofSlave.rows());
        assertThat(since(master, ofMaster)).isEqualTo(since(slave, ofSlave));
        assertThat(since(slave, ofSlave).tables()).isEmpty();
        assertThat(since(slave, ofSlave).untold()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void insertsUpdatesAndDeletesAreToldForEachTable(String version) throws Exception {
        replicate(version);
        for (Database database : new Database[] {master, slave}) {
            database.run(
                    "INSERT INTO staticsip (var_name) SELECT 'new' FROM generate_series(1, 5)",
                    "UPDATE \"user Features\" SET boss = NULL WHERE boss = 2",
                    "DELETE FROM types WHERE id > 2",
                    "UPDATE partitioned SET tenant = NULL WHERE id = 1",
                    "INSERT INTO cel (eventtype) VALUES ('this node alone')");

            assertThat(since(database, database.equals(master) ? ofMaster : ofSlave)
                            .tables())
                    .containsExactly(
                            new Table("partitioned", 1, 1),
                            new Table("staticsip", 5, 0),
                            new Table("types", 0, 2),
                            new Table("user Features", 1, 1));
        }
    }

    @Test
    void whatIsRolledBackIsNotWritten() throws Exception {
        slave.run("BEGIN", "INSERT INTO staticsip (var_name) SELECT 'x' FROM generate_series(1, 900)", "ROLLBACK");

        assertThat(since(slave, ofSlave).tables()).isEmpty();
    }

    @Test
    void anEmptiedTableHasLostItsRows() throws Exception {
        slave.run("TRUNCATE types");

        assertThat(since(slave, ofSlave).tables()).containsExactly(new Table("types", 0, 4));
    }

    @Test
    void whatWasNotCommittedYetWhenTheSnapshotWasTakenCounts() throws Exception {
        try (Connection open = master.connect()) {
            open.setAutoCommit(false);
            PgServer.execute(open, "INSERT INTO staticsip (var_name) VALUES ('in the middle')");
            ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
            Baseline baseline = SnapshotSender.send(
                            master.source(),
                            Replication.SELECTION,
                            Replica.NONE,
                            Progress.NONE,
                            snapshot,
                            new Cancellation())
                    .baseline();
            open.commit();

            assertThat(since(master, baseline).tables()).containsExactly(new Table("staticsip", 1, 0));
            Baseline applied = SnapshotApplier.apply(
                            slave.source(),
                            Replication.SELECTION,
                            Receiver.PLAIN,
                            new ByteArrayInputStream(snapshot.toByteArray()),
                            new Cancellation())
                    .baseline();
            assertThat(since(slave, applied).tables()).isEmpty();
        }
    }

    @Test
    void rowsKeepTheirTransactionThroughAFreeze() throws Exception {
        slave.run("UPDATE types SET b = false WHERE id = 1", "VACUUM (FREEZE) types", "VACUUM (FREEZE) staticsip");

        assertThat(since(slave, ofSlave).tables()).containsExactly(new Table("types", 1, 1));
    }

    @Test
    void aTableThatCannotBeReadIsSaid() throws Exception {
        try (Connection connection = slave.server().superuser(slave.name())) {
            PgServer.execute(connection, "ALTER TABLE types OWNER TO postgres", "REVOKE ALL ON types FROM PUBLIC");
        }
        slave.run("DROP TABLE to_partitioned", "INSERT INTO staticsip (var_name) VALUES ('new')");

        WrittenRows written = since(slave, ofSlave);

        assertThat(written.tables()).contains(new Table("staticsip", 1, 0));
        assertThat(written.untold())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("types: ") && line.contains("permission denied"))
                .contains("to_partitioned: the table is there no more");
    }

    @Test
    void anotherDatabaseIsNotComparedWithThatOfThen() throws Exception {
        Database other = PgServer.usual().database(Schema.EVERYTHING);

        assertThatThrownBy(() -> since(other, ofSlave))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("replaced");
    }

    @Test
    void aTableThatTakesTooLongIsUntoldAndTheTimeIsKept() throws Exception {
        String big =
                "CREATE TABLE big AS SELECT n, repeat(md5(n::text), 6) AS words FROM generate_series(1, 1000000) n";
        slave.run(big);
        long start = System.nanoTime();
        assertThat(since(slave, ofSlave).tables()).contains(new Table("big", 1_000_000, 0));
        LOG.warn("1000000 rows of 200 bytes counted in {} ms", (System.nanoTime() - start) / 1_000_000);

        WrittenRows written = WrittenRows.since(slave.source(), Replication.SELECTION, ofSlave, Duration.ofMillis(1));

        assertThat(written.untold()).contains("big: there was no time left to count its rows");
    }

    private static WrittenRows since(Database database, Baseline baseline) throws ReplicationException {
        return WrittenRows.since(database.source(), Replication.SELECTION, baseline, LIMIT);
    }
}
