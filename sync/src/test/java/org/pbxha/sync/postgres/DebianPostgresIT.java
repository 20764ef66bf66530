// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.Requirement;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.ssh.Sshd;

/** Debian's own PostgreSQL as it is installed: peer login on its socket, passwords over TCP. */
@SuppressWarnings("NullAway.Init")
class DebianPostgresIT {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

    private static final String ROLE = "pbx-ha";

    private final int port = Sshd.freePort();
    private Path programs;
    private Path directory;
    private boolean smallDisk;

    @BeforeEach
    void startServer() throws Exception {
        Requirement.root();
        Requirement.program("/usr/bin/psql", "postgresql");
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            programs = versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
        }
        Requirement.program(programs.resolve("initdb").toString(), "postgresql");
        directory = Files.createTempDirectory("pbx-ha-postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        asPostgres("initdb", "-D", directory + "/data", "--auth-local=peer", "--auth-host=scram-sha-256", "-E", "UTF8");
        asPostgres(
                "pg_ctl",
                "-D",
                directory + "/data",
                "-w",
                "-l",
                directory + "/log",
                "-o",
                "-p " + port + " -k " + directory,
                "start");
    }

    @AfterEach
    void stopServer() throws Exception {
        if (directory != null) {
            asPostgres("pg_ctl", "-D", directory + "/data", "-m", "immediate", "stop");
            if (smallDisk) {
                run(List.of("/bin/umount", directory + "/small"));
            }
            delete(directory);
        }
    }

    @Test
    void rolesFactsAndReplicationWorkWithItsUsualAccessRules() throws Exception {
        new LocalPsql(directory.toString(), port, "postgres")
                .run(
                        "CREATE ROLE asterisk;\nCREATE DATABASE one OWNER asterisk;\nCREATE DATABASE two OWNER asterisk;\n");
        LocalPsql one = new LocalPsql(directory.toString(), port, "one");
        LocalPsql two = new LocalPsql(directory.toString(), port, "two");
        for (LocalPsql psql : List.of(one, two)) {
            psql.run(
                    "GRANT ALL ON SCHEMA public TO asterisk;\nSET ROLE asterisk;\nCREATE TABLE staticsip (id serial);\n");
        }
        one.run("INSERT INTO staticsip SELECT FROM generate_series(1, 9);\n");
        DatabaseFacts facts = DatabaseFacts.read(one, Replication.SELECTION);
        String password = UUID.randomUUID().toString();
        new DatabaseRole(one, ROLE).install(facts, password);

        byte[] snapshot = Replication.snapshot(new LocalDatabase(port, "one", ROLE, password));
        ApplySummary summary = SnapshotApplier.apply(
                new LocalDatabase(port, "two", ROLE, password),
                Replication.SELECTION,
                Receiver.PLAIN,
                new ByteArrayInputStream(snapshot),
                new Cancellation());

        assertThat(facts.owners()).containsExactly("asterisk");
        assertThat(summary.rows()).isEqualTo(9);
        assertThat(two.run("SELECT count(*), max(id), nextval('staticsip_id_seq') FROM staticsip;"))
                .isEqualTo("9|9|10\n");
    }

    @Test
    void aFullDiskLeavesTheOldRowsAndTheServerAsTheyWere() throws Exception {
        mountSmallDisk();
        LocalPsql postgres = new LocalPsql(directory.toString(), port, "postgres");
        postgres.run("CREATE ROLE asterisk;\nCREATE TABLESPACE small LOCATION '" + directory + "/small/place';\n");
        postgres.run("CREATE DATABASE one OWNER asterisk;\nCREATE DATABASE two OWNER asterisk TABLESPACE small;\n");
        LocalPsql one = new LocalPsql(directory.toString(), port, "one");
        LocalPsql two = new LocalPsql(directory.toString(), port, "two");
        for (LocalPsql psql : List.of(one, two)) {
            psql.run("""
                    GRANT ALL ON SCHEMA public TO asterisk;
                    SET ROLE asterisk;
                    CREATE TABLE staticsip (id int PRIMARY KEY, words text);
                    INSERT INTO staticsip VALUES (1, 'old');
                    """);
        }
        one.run("INSERT INTO staticsip SELECT n, repeat(md5(n::text), 8) FROM generate_series(2, 100000) n;\n");
        String password = UUID.randomUUID().toString();
        new DatabaseRole(one, ROLE).install(DatabaseFacts.read(one, Replication.SELECTION), password);
        byte[] snapshot = Replication.snapshot(new LocalDatabase(port, "one", ROLE, password));

        assertThatThrownBy(() -> SnapshotApplier.apply(
                        new LocalDatabase(port, "two", ROLE, password),
                        Replication.SELECTION,
                        Receiver.PLAIN,
                        new ByteArrayInputStream(snapshot),
                        new Cancellation()))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("No space left on device");

        assertThat(two.run("SELECT * FROM staticsip;")).isEqualTo("1|old\n");
        two.run("INSERT INTO staticsip VALUES (2, 'the server goes on');\n");
    }

    private void mountSmallDisk() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        run(List.of("/bin/mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "tmpfs", small.toString()));
        smallDisk = true;
        Path place = Files.createDirectory(small.resolve("place"));
        Files.setOwner(place, Files.getOwner(directory));
    }

    private void asPostgres(String program, String... arguments) throws Exception {
        List<String> argv = Stream.concat(
                        Stream.of(
                                "/sbin/runuser",
                                "-u",
                                "postgres",
                                "--",
                                programs.resolve(program).toString()),
                        Stream.of(arguments))
                .toList();
        run(argv);
    }

    private static void run(List<String> argv) throws Exception {
        Outcome outcome = BoundedProcess.run(Command.of(Duration.ofMinutes(1), argv));
        assertThat(outcome.succeeded()).as(outcome.complaint()).isTrue();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
