// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.sync.Cancellation;

/** The slave can go back to the generation before the last one. */
@SuppressWarnings("NullAway.Init")
class GenerationsIT {
    private static final String[] LARGE = {
        "CREATE TABLE large (id serial PRIMARY KEY, name text)",
        "INSERT INTO large (name) SELECT 'n' || g FROM generate_series(1, 3000) g"
    };

    @TempDir
    private Path directory;

    private Generations generations;
    private Database master;
    private Database slave;
    private Optional<Baseline> ofMaster = Optional.empty();
    private Optional<Baseline> ofSlave = Optional.empty();

    @BeforeEach
    void replicateOnce() throws Exception {
        generations = new Generations(directory.resolve("generations"));
        master = PgServer.usual().database(Schema.EVERYTHING);
        master.run(Schema.MASTER_ROWS);
        master.run(LARGE);
        slave = PgServer.usual().database(Schema.EVERYTHING);
        slave.run(LARGE[0]);
        replicate();
    }

    @Test
    void thereIsNoWayBackFromTheFirstOne() throws Exception {
        assertThat(generations.previous()).isEmpty();
        assertThat(generations.previousAt()).isEmpty();
    }

    @Test
    void theOneBeforeTheLastIsPutTogetherFromItsParts() throws Exception {
        change("one");
        Map<String, String> before = slave.content();
        change("two");
        assertThat(slave.content()).isNotEqualTo(before);

        rollBack();

        assertThat(slave.content()).isEqualTo(before);
        assertThat(generations.previousAt()).isPresent();
    }

    @Test
    void goingBackTwiceIsGoingForthAgain() throws Exception {
        change("one");
        Map<String, String> last = slave.content();

        rollBack();
        rollBack();

        assertThat(slave.content()).isEqualTo(last);
    }

    @Test
    void aReplicationWithoutChangesLeavesTheWayBack() throws Exception {
        Map<String, String> first = slave.content();
        change("one");
        replicate();
        replicate();

        rollBack();

        assertThat(slave.content()).isEqualTo(first);
    }

    @Test
    void filesThatNoGenerationNeedsGo() throws Exception {
        for (int i = 0; i < 5; i++) {
            master.run("UPDATE large SET name = 'all " + i + "'", "UPDATE types SET b = NOT b");
            ofMaster = Optional.empty();
            replicate();
        }

        assertThat(files()).hasSize(2);
    }

    @Test
    void aChainEndsBeforeItIsTooLong() throws Exception {
        for (int i = 0; i < 30; i++) {
            change("change " + i);
        }
        Map<String, String> before = slave.content();
        change("last");

        assertThat(generations.read().orElseThrow().current().tables())
                .hasEntrySatisfying("large", kept -> assertThat(kept.pieces()).hasSizeLessThanOrEqualTo(25));
        rollBack();
        assertThat(slave.content()).isEqualTo(before);
    }

    @Test
    void onlyTheOwnerCanReadThem() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("generations"))))
                .isEqualTo("rwx------");
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aDamagedFileChangesNothing() throws Exception {
        change("one");
        Map<String, String> now = slave.content();
        Path first = files().get(0);
        byte[] bytes = Files.readAllBytes(first);
        bytes[bytes.length / 2] ^= 1;
        Files.write(first, bytes, StandardOpenOption.TRUNCATE_EXISTING);

        assertThatThrownBy(this::rollBack).isInstanceOf(ReplicationException.class);

        assertThat(slave.content()).isEqualTo(now);
    }

    @Test
    void aDiskWithoutRoomCostsOnlyTheWayBack() throws Exception {
        change("one");
        try (Stream<Path> files = Files.list(directory.resolve("generations"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory.resolve("generations"));
        Files.writeString(directory.resolve("generations"), "in the way of the directory");

        change("two");

        assertThat(slave.query("SELECT name FROM large WHERE id = 1")).containsExactly("two");
        assertThat(generations.previous()).isEmpty();
    }

    private void change(String name) throws Exception {
        master.run("UPDATE large SET name = '" + name + "' WHERE id IN (1, 2)", "UPDATE types SET b = NOT b");
        replicate();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("generations"))) {
            return files.filter(file -> file.toString().endsWith(".parts"))
                    .sorted()
                    .toList();
        }
    }

    private void replicate() throws Exception {
        IntactTables told = IntactTables.read(slave.source(), Replication.SELECTION, ofSlave);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ofMaster = Optional.of(SnapshotSender.send(
                        master.source(),
                        Replication.SELECTION,
                        new Replica(ofMaster, generations.withoutLongChains(told.rows()), false),
                        Progress.NONE,
                        stream,
                        new Cancellation())
                .baseline());
        ofSlave = Optional.of(SnapshotApplier.apply(
                        slave.source(),
                        Replication.SELECTION,
                        new Receiver(Optional.of(told), Optional.of(generations)),
                        new ByteArrayInputStream(stream.toByteArray()),
                        new Cancellation())
                .baseline());
    }

    private void rollBack() throws Exception {
        try (InputStream previous = generations.previous().orElseThrow()) {
            SnapshotApplier.apply(slave.source(), Replication.SELECTION, Receiver.PLAIN, previous, new Cancellation());
        }
        generations.swap();
        ofSlave = Optional.empty();
    }
}
