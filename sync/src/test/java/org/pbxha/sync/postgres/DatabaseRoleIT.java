// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.Requirement;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/** The role as pairing makes it: through psql as the system user postgres, then used with its password over TCP. */
@SuppressWarnings("NullAway.Init")
class DatabaseRoleIT {
    private static final String ROLE = "pbx-ha";

    private static PgServer server;

    private Database database;
    private LocalPsql psql;

    @BeforeAll
    static void startServer() throws Exception {
        Requirement.root();
        Requirement.program("/usr/bin/psql", "postgresql-client");
        server = PgServer.own();
        try (Connection connection = server.superuser("postgres")) {
            Path hba = Path.of(Database.query(connection, "SHOW hba_file").get(0));
            Files.writeString(hba, "host all pbx-ha 127.0.0.1/32 scram-sha-256\n" + Files.readString(hba));
            PgServer.execute(connection, "ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()");
        }
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.stop();
        }
    }

    @BeforeEach
    void makeDatabase() throws Exception {
        database = server.database(Schema.EVERYTHING);
        psql = new LocalPsql("127.0.0.1", server.port(), database.name());
    }

    @Test
    void readsWhatSetupHasToKnow() throws Exception {
        try (Connection connection = server.superuser(database.name())) {
            PgServer.execute(
                    connection,
                    "CREATE TABLE made_by_hand (n serial)",
                    "ALTER TABLE tenant OWNER TO other_owner",
                    "ALTER TABLE queue_log OWNER TO postgres");
        }

        DatabaseFacts facts = DatabaseFacts.read(psql, Replication.SELECTION);

        assertThat(facts.serverVersion()).isBetween(150_000, 159_999);
        assertThat(facts.encoding()).isEqualTo("UTF8");
        assertThat(facts.owners()).containsExactly("asterisk", "other_owner");
        assertThat(facts.outOfReach()).containsExactly("made_by_hand", "made_by_hand_n_seq");
        assertThat(facts.relations()).extracting(DatabaseFacts.Relation::name).doesNotContain("cel", "cel_id_seq");
    }

    @Test
    void makesARoleThatCanReplicateAndNothingMore() throws Exception {
        database.run(Schema.MASTER_ROWS);
        String password = install();
        LocalDatabase source = new LocalDatabase(server.port(), database.name(), ROLE, password);

        try (Connection connection = source.open()) {
            assertThat(Database.query(
                            connection,
                            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolinherit FROM"
                                    + " pg_roles WHERE rolname = current_user"))
                    .containsExactly("f|f|f|f|f|t");
        }
        byte[] snapshot = Replication.snapshot(source);
        assertThat(SnapshotApplier.apply(
                                source,
                                Replication.SELECTION,
                                Receiver.PLAIN,
                                new ByteArrayInputStream(snapshot),
                                new Cancellation())
                        .rows())
                .isPositive();
    }

    @Test
    void aNewPasswordReplacesTheOldOne() throws Exception {
        String first = install();
        String second = install();

        assertThat(first).isNotEqualTo(second);
        new LocalDatabase(server.port(), database.name(), ROLE, second).open().close();
        assertThatThrownBy(() -> apply(first))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOGIN));
    }

    @Test
    void thePasswordIsNeverLoggedEvenByAServerThatLogsEveryStatement() throws Exception {
        String password = install();

        await().until(() -> server.log().contains("ALTER ROLE \"pbx-ha\" LOGIN"));
        assertThat(server.log()).contains("SCRAM-SHA-256$").doesNotContain(password);
    }

    @Test
    void removalLeavesNothingAndCanBeRepeated() throws Exception {
        String password = install();

        role().remove();
        role().remove();

        assertThat(database.query("SELECT 1 FROM pg_roles WHERE rolname = 'pbx-ha'"))
                .isEmpty();
        assertThatThrownBy(() -> apply(password)).isInstanceOf(ReplicationException.class);
    }

    @Test
    void tellsAMissingDatabaseAndAFailingScriptApartAndRepeatsNoScript() {
        LocalPsql absent = new LocalPsql("127.0.0.1", server.port(), "absent");

        assertThatThrownBy(() -> absent.run("SELECT 1"))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
                .hasMessageContaining("database \"absent\" does not exist");
        assertThatThrownBy(() -> psql.run("ALTER ROLE nobody PASSWORD 'hush';"))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATABASE))
                .hasMessageContaining("role \"nobody\" does not exist")
                .hasMessageNotContaining("hush");
    }

    @Test
    void knowsWhetherTheRoleIsAMemberOfEveryOwner() throws Exception {
        DatabaseFacts facts = DatabaseFacts.read(psql, Replication.SELECTION);
        role().remove();
        assertThat(role().exists()).isFalse();
        assertThat(role().isInstalled(facts)).isFalse();
        install();
        assertThat(role().exists()).isTrue();
        assertThat(role().isInstalled(facts)).isTrue();

        try (Connection connection = server.superuser(database.name())) {
            PgServer.execute(connection, "REVOKE asterisk FROM \"pbx-ha\"");
        }
        assertThat(role().isInstalled(facts)).isFalse();
    }

    private DatabaseRole role() {
        return new DatabaseRole(psql, ROLE);
    }

    private String install() throws Exception {
        String password = UUID.randomUUID().toString();
        role().install(DatabaseFacts.read(psql, Replication.SELECTION), password);
        return password;
    }

    private void apply(String password) throws Exception {
        LocalDatabase source = new LocalDatabase(server.port(), database.name(), ROLE, password);
        SnapshotApplier.apply(
                source, Replication.SELECTION, Receiver.PLAIN, InputStream.nullInputStream(), new Cancellation());
    }
}
