// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.LogCapture;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/** Whatever goes wrong on the way, the slave's database is as it was, and soon free for a takeover. */
@SuppressWarnings("NullAway.Init")
class BrokenReplicationIT {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final String SECRET = "s3cret-sip-password";

    private final LogCapture log = new LogCapture();
    private Database master;
    private Database slave;
    private Map<String, String> before;
    private List<String> shape;

    @BeforeEach
    void makeDatabases() throws Exception {
        master = PgServer.usual().database(Schema.EVERYTHING);
        master.run(Schema.MASTER_ROWS);
        master.run("UPDATE staticsip SET secret = '" + SECRET + "' WHERE id = 1");
        slave = PgServer.usual().database(Schema.EVERYTHING);
        slave.run(Schema.SLAVE_ROWS);
        before = slave.content();
        shape = slave.shape();
    }

    @AfterEach
    void nothingChangedAndNoSecretWasLogged() throws Exception {
        assertThat(slave.content()).isEqualTo(before);
        assertThat(slave.shape()).isEqualTo(shape);
        assertThat(log.text()).doesNotContain(SECRET);
        log.close();
    }

    @Test
    void rollsBackWhereverTheStreamBreaksOff() throws Exception {
        byte[] snapshot = Replication.snapshot(master);
        int step = Math.max(1, snapshot.length / 60);

        for (int length = 0; length < snapshot.length; length += step) {
            byte[] part = Arrays.copyOf(snapshot, length);
            assertThatThrownBy(() -> Replication.apply(slave, part))
                    .isInstanceOfSatisfying(
                            ReplicationException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.STREAM));
        }
        byte[] almost = Arrays.copyOf(snapshot, snapshot.length - 1);
        assertThatThrownBy(() -> Replication.apply(slave, almost)).isInstanceOf(ReplicationException.class);
        assertThat(slave.content()).isEqualTo(before);

        // And the whole one would have gone in.
        Replication.apply(slave, snapshot);
        assertThat(slave.content().get("staticsip")).isEqualTo(master.content().get("staticsip"));
        before = slave.content();
    }

    @Test
    void rollsBackWhenRowsAreLostOnTheWay() throws Exception {
        byte[] snapshot = Replication.snapshot(master);
        byte[] fewer = snapshot.clone();
        fewer[fewer.length - 1]++;

        assertThatThrownBy(() -> Replication.apply(slave, fewer)).hasMessageContaining("its end was expected after");
    }

    @Test
    void aConstraintErrorNamesNoRow() throws Exception {
        // An index is no constraint: nothing stops the copy before it meets a row.
        slave.run("CREATE UNIQUE INDEX no_secrets ON staticsip ((true)) WHERE secret IS NOT NULL");
        shape = slave.shape();

        assertThatThrownBy(() -> Replication.run(master, slave))
                .isInstanceOfSatisfying(ReplicationException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT);
                    log.keep(e);
                })
                .hasMessageContaining("no_secrets")
                .hasMessageContaining("staticsip");
    }

    @Test
    void cancellationEndsAWaitForALockAtOnce() throws Exception {
        byte[] snapshot = Replication.snapshot(master);
        Cancellation cancellation = new Cancellation();
        try (Connection reader = slave.connect()) {
            reader.setAutoCommit(false);
            PgServer.execute(reader, "SELECT * FROM staticsip");
            CompletableFuture<ApplySummary> applying = apply(new ByteArrayInputStream(snapshot), cancellation);
            Async.awaitLockWait(slave);

            cancellation.cancel("takeover");

            assertCancelled(applying);
            awaitNoSessionOfReplication();
        }
    }

    @Test
    void givesUpOnALockAfterTenSecondsAndNamesWhoHoldsIt() throws Exception {
        try (Connection reader = slave.connect()) {
            reader.setAutoCommit(false);
            PgServer.execute(reader, "SET application_name = 'report'", "TABLE tenant", "TABLE staticsip");
            String process = Database.query(reader, "SELECT pg_backend_pid() WHERE '" + SECRET + "' IS NOT NULL")
                    .get(0);

            assertThatThrownBy(() -> Replication.run(master, slave))
                    .isInstanceOfSatisfying(ReplicationException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.LOCKED);
                        log.keep(e);
                    })
                    .hasMessageContaining("process " + process + " (user asterisk, application report, in a transaction"
                            + " since 20")
                    .hasMessageEndingWith("last query SELECT) holds public.staticsip and 1 more");
        }
    }

    @Test
    void cancellationEndsAWaitForThePeerAndFreesTheTables() throws Exception {
        master.run("INSERT INTO staticsip (var_name) SELECT md5(g::text) FROM generate_series(1, 20000) g");
        byte[] snapshot = Replication.snapshot(master);
        Cancellation cancellation = new Cancellation();
        try (PipedInputStream in = new PipedInputStream(snapshot.length);
                PipedOutputStream out = new PipedOutputStream(in)) {
            // All but the end arrives, then the master is silent: the tables are locked and half filled.
            out.write(snapshot, 0, snapshot.length - 100);
            out.flush();
            CompletableFuture<ApplySummary> applying = apply(in, cancellation);
            await().until(() -> !slave.query("SELECT 1 FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock'"
                            + " AND relation = 'staticsip'::regclass")
                    .isEmpty());

            cancellation.cancel("takeover");

            slave.run("SET statement_timeout = '3s'; SELECT count(*) FROM staticsip");
            assertCancelled(applying);
            awaitNoSessionOfReplication();
        }
    }

    @Test
    void cancellationFreesTheTablesEvenWhenTheStreamCannotBeInterrupted() throws Exception {
        byte[] snapshot = Replication.snapshot(master);
        Semaphore arrival = new Semaphore(0);
        InputStream start = new ByteArrayInputStream(snapshot, 0, snapshot.length - 100);
        InputStream stubborn = new SequenceInputStream(start, new Silence(arrival));
        Cancellation cancellation = new Cancellation();
        CompletableFuture<ApplySummary> applying = apply(stubborn, cancellation);
        await().until(arrival::hasQueuedThreads);

        cancellation.cancel("takeover");

        awaitNoSessionOfReplication();
        assertThat(applying).isNotDone();
        arrival.release();
        assertCancelled(applying);
    }

    @Test
    void namesAConstraintThatIsCheckedLate() throws Exception {
        slave.run("ALTER TABLE staticsip ADD CONSTRAINT late EXCLUDE (var_val WITH =) DEFERRABLE INITIALLY DEFERRED");
        shape = slave.shape();

        assertThatThrownBy(() -> Replication.run(master, slave))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT))
                .hasMessageContaining("late");
    }

    @Test
    void cancellationEndsASenderWhosePeerTakesNothing() throws Exception {
        Cancellation cancellation = new Cancellation();
        try (PipedInputStream in = new PipedInputStream(64);
                PipedOutputStream out = new PipedOutputStream(in)) {
            CompletableFuture<SnapshotSummary> sending = Async.run(() -> SnapshotSender.send(
                    master.source(), Replication.SELECTION, Replica.NONE, Progress.NONE, out, cancellation));
            await().until(() -> in.available() == 64);

            cancellation.cancel("takeover");

            assertCancelled(sending);
        }
    }

    @Test
    void doesNotBeginWhenAlreadyCancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel("takeover");

        assertThatThrownBy(() -> SnapshotApplier.apply(
                        slave.source(),
                        Replication.SELECTION,
                        Receiver.PLAIN,
                        InputStream.nullInputStream(),
                        cancellation))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswer() {
        LocalDatabase absent = new LocalDatabase(1, "asterisk", "pbx-ha", SECRET);

        assertThatThrownBy(() -> SnapshotApplier.apply(
                        absent,
                        Replication.SELECTION,
                        Receiver.PLAIN,
                        InputStream.nullInputStream(),
                        new Cancellation()))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
        assertThat(absent.toString()).isEqualTo("pbx-ha@127.0.0.1:1/asterisk");
    }

    private CompletableFuture<ApplySummary> apply(InputStream in, Cancellation cancellation) {
        return Async.run(
                () -> SnapshotApplier.apply(slave.source(), Replication.SELECTION, Receiver.PLAIN, in, cancellation));
    }

    private static void assertCancelled(CompletableFuture<?> work) {
        await().atMost(SOON).until(work::isDone);
        assertThatThrownBy(work::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(CancelledException.class)
                .hasMessage("cancelled: takeover");
    }

    private void awaitNoSessionOfReplication() {
        await().atMost(SOON)
                .until(() -> slave.query("SELECT 1 FROM pg_stat_activity WHERE usename = 'pbx-ha'"
                                + " AND datname = current_database()")
                        .isEmpty());
    }

    /** Says nothing and heeds no interrupt, as a socket does. */
    private static final class Silence extends InputStream {
        private final Semaphore arrival;

        Silence(Semaphore arrival) {
            this.arrival = arrival;
        }

        @Override
        public int read() {
            arrival.acquireUninterruptibly();
            return -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return read();
        }
    }
}
