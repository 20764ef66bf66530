// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.SyncException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever is killed at whatever moment, the slave has the generation of before or the next one, and it is whole. */
class KilledReplicationIT {
    private static final Logger LOG = LoggerFactory.getLogger(KilledReplicationIT.class);
    private static final int KILLS = 50;
    private static final long SEED = 20_261_122;

    private static final String GENERATIONS_HERE = "SELECT DISTINCT generation FROM one"
            + " UNION SELECT DISTINCT generation FROM two UNION SELECT DISTINCT generation FROM three ORDER BY 1";

    private final Random random = new Random(SEED);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Optional<Baseline> ofMaster = Optional.empty();
    private Optional<Baseline> ofSlave = Optional.empty();

    @Test
    void theSlaveHasOneWholeGenerationAfterEachOfFiftyKills() throws Exception {
        String[] tables = {
            "CREATE TABLE one (id int PRIMARY KEY, generation int)",
            "CREATE TABLE two (id int PRIMARY KEY REFERENCES one (id), generation int)",
            "CREATE TABLE three (generation int)"
        };
        Database master = PgServer.usual().database(tables);
        Database slave = PgServer.usual().database(tables);
        master.run(
                "INSERT INTO one SELECT g, 0 FROM generate_series(1, 20000) g",
                "INSERT INTO two SELECT g, 0 FROM generate_series(1, 20000) g",
                "INSERT INTO three SELECT 0 FROM generate_series(1, 20000) g");
        Generations generations = new Generations(directory.resolve("generations"));
        assertThat(replicate(master, slave, generations)).isTrue();

        int old = 0;
        int survived = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            // A few rows of one, or all: parts and whole tables.
            String few = random.nextBoolean() ? " WHERE id % 1000 = 0" : "";
            master.run(
                    "UPDATE one SET generation = " + kill,
                    "UPDATE two SET generation = " + kill,
                    "UPDATE three SET generation = " + kill,
                    "UPDATE one SET id = id" + few);
            Database victim = random.nextBoolean() ? master : slave;
            CompletableFuture<Boolean> run = CompletableFuture.supplyAsync(() -> replicate(master, slave, generations));
            kill(victim, random.nextInt(400));
            boolean done = run.get(1, TimeUnit.MINUTES);

            List<String> here = slave.query(GENERATIONS_HERE);
            assertThat(here).as("kill %d", kill).hasSize(1);
            int generation = Integer.parseInt(here.get(0));
            assertThat(generation).isBetween(old, kill);
            assertThat(done && generation != kill)
                    .as("a run that says it succeeded has")
                    .isFalse();
            assertThat(slave.query("SELECT count(*) FROM two")).containsExactly("20000");
            survived += generation == kill ? 1 : 0;
            old = generation;
        }
        LOG.warn("seed {}: of {} runs {} had committed before the kill", SEED, KILLS, survived);
        assertThat(replicate(master, slave, generations)).isTrue();
        assertThat(slave.query(GENERATIONS_HERE)).containsExactly(Integer.toString(KILLS));
    }

    private static void kill(Database victim, int millis) throws Exception {
        try (Connection superuser = victim.server().superuser(victim.name())) {
            PgServer.execute(
                    superuser,
                    "SELECT pg_sleep(" + millis / 1000.0 + ")",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND application_name = 'pbx-ha'");
        }
    }

    private boolean replicate(Database master, Database slave, Generations generations) {
        try (PipedInputStream in = new PipedInputStream(64 * 1024);
                PipedOutputStream out = new PipedOutputStream(in)) {
            IntactTables told = IntactTables.read(slave.source(), Replication.SELECTION, ofSlave);
            Replica replica = new Replica(ofMaster, generations.withoutLongChains(told.rows()), false);
            CompletableFuture<SnapshotSummary> sent = CompletableFuture.supplyAsync(() -> send(master, replica, out));
            Receiver receiver = new Receiver(Optional.of(told), Optional.of(generations));
            Baseline applied = SnapshotApplier.apply(
                            slave.source(), Replication.SELECTION, receiver, in, new Cancellation())
                    .baseline();
            ofMaster = Optional.of(sent.join().baseline());
            ofSlave = Optional.of(applied);
            return true;
        } catch (SyncException | IOException | CompletionException killed) {
            return false;
        }
    }

    private static SnapshotSummary send(Database master, Replica replica, PipedOutputStream out) {
        try (out) {
            return SnapshotSender.send(
                    master.source(), Replication.SELECTION, replica, Progress.NONE, out, new Cancellation());
        } catch (SyncException | IOException e) {
            throw new CompletionException(e);
        }
    }
}
