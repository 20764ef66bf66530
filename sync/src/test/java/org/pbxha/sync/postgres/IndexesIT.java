// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/** Indexes of all kinds come back exactly as they were, or are left alone. */
class IndexesIT {
    private static final String[] KINDS = {
        "CREATE TABLE \"Two words\" (id int PRIMARY KEY, \"a\"\"b\" text, n int, w int CHECK (w > 0), box box)",
        "COMMENT ON CONSTRAINT \"Two words_pkey\" ON \"Two words\" IS 'it''s the key'",
        "COMMENT ON INDEX \"Two words_pkey\" IS 'its index'",
        "ALTER TABLE \"Two words\" ADD CONSTRAINT \"late!\" UNIQUE (n, w) DEFERRABLE INITIALLY DEFERRED",
        "ALTER TABLE \"Two words\" ADD CONSTRAINT apart EXCLUDE USING gist (box WITH &&) WHERE (n > 3)",
        "ALTER TABLE \"Two words\" ADD CONSTRAINT covered UNIQUE (w) INCLUDE (n)",
        "CREATE UNIQUE INDEX \"part ly\" ON \"Two words\" (lower(\"a\"\"b\") text_pattern_ops DESC NULLS LAST)"
                + " INCLUDE (w) WITH (fillfactor = 70) WHERE n IS NOT NULL",
        "COMMENT ON INDEX \"part ly\" IS 'kept'",
        "CREATE INDEX hashed ON \"Two words\" USING hash (n)",
        "CREATE INDEX collated ON \"Two words\" (\"a\"\"b\" COLLATE \"POSIX\")",
    };

    /** What no definition shows, or what something else depends on. */
    private static final String[] SPECIAL = {
        "CREATE TABLE special (id int PRIMARY KEY, n int NOT NULL, m int NOT NULL UNIQUE, t text)",
        "CREATE VIEW seen AS SELECT id, t FROM special GROUP BY id",
        "CREATE UNIQUE INDEX identity ON special (n)",
        "ALTER TABLE special REPLICA IDENTITY USING INDEX identity",
        "CREATE INDEX clustered ON special (t)",
        "ALTER TABLE special CLUSTER ON clustered",
        "CREATE INDEX counted ON special ((n + m))",
        "ALTER INDEX counted ALTER COLUMN 1 SET STATISTICS 500",
        "ALTER TABLE special ADD CONSTRAINT filled UNIQUE (n, m) WITH (fillfactor = 50)",
    };

    private static final String INDEXES = "SELECT indexrelid::regclass, indexrelid FROM pg_index ORDER BY 2";

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void allThatADefinitionShowsIsMadeAgain(String version) throws Exception {
        Database database = PgServer.of(version).database(KINDS);
        List<String> before = database.shape();
        List<String> comments = comments(database);

        makeAnew(database, "Two words");

        assertThat(database.shape()).isEqualTo(before);
        assertThat(comments(database)).isEqualTo(comments).hasSize(2);
        assertThat(database.query("SELECT count(*) FROM pg_index WHERE indrelid = '\"Two words\"'::regclass"))
                .containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void aWholeSchemaStaysAsItIs(String version) throws Exception {
        Database database = PgServer.of(version).database(Schema.EVERYTHING);
        List<String> before = database.shape();

        for (String table : List.of("staticsip", "types", "without_columns", "partitioned", "parent", "cel")) {
            makeAnew(database, table);
        }

        assertThat(database.shape()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void whatNoDefinitionShowsIsLeftAlone(String version) throws Exception {
        Database database = PgServer.of(version).database(SPECIAL);
        List<String> before = database.query(INDEXES);

        makeAnew(database, "special");

        List<String> after = database.query(INDEXES);
        assertThat(before.stream().filter(index -> !after.contains(index)))
                .singleElement()
                .asString()
                .startsWith("special_m_key|");
        assertThat(after).hasSameSizeAs(before);
    }

    @Test
    void withoutTheRightToMakeThemNoneIsDropped() throws Exception {
        Database database = PgServer.usual().database(KINDS);
        try (Connection superuser = database.server().superuser(database.name())) {
            PgServer.execute(superuser, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            PgServer.execute(superuser, "ALTER SCHEMA public OWNER TO other_owner");
            PgServer.execute(superuser, "REVOKE other_owner FROM \"pbx-ha\"");
        }
        try {
            List<String> before = database.query(INDEXES);
            makeAnew(database, "Two words");
            assertThat(database.query(INDEXES)).isEqualTo(before);
        } finally {
            try (Connection superuser = database.server().superuser(database.name())) {
                PgServer.execute(superuser, "GRANT other_owner TO \"pbx-ha\"");
            }
        }
    }

    @Test
    void rowsThatAreNotUniqueAreRefusedAndNothingOfThemIsTold() throws Exception {
        Database database = PgServer.usual().database("CREATE TABLE t (secret text UNIQUE)");
        try (Connection connection = database.source().open()) {
            Sql.prepare(connection);
            connection.setAutoCommit(false);
            Indexes indexes = Indexes.read(connection, "public", List.of("t"));
            indexes.drop("t");
            Sql.run(connection, "INSERT INTO public.t VALUES ('hunter2'), ('hunter2')");

            assertThatThrownBy(() -> indexes.restore("t"))
                    .isInstanceOfSatisfying(
                            ReplicationException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT))
                    .hasMessageContaining("index public.t_secret_key of t")
                    .hasMessageNotContaining("hunter2");
        }
    }

    private static void makeAnew(Database database, String table) throws Exception {
        try (Connection connection = database.source().open()) {
            Sql.prepare(connection);
            connection.setAutoCommit(false);
            // As a replication does before: they depend on indexes.
            ForeignKeys foreignKeys = ForeignKeys.read(connection, "public", List.of(table));
            foreignKeys.drop();
            Indexes indexes = Indexes.read(connection, "public", List.of(table));
            indexes.drop(table);
            indexes.restore(table);
            foreignKeys.restore();
            connection.commit();
        }
    }

    private static List<String> comments(Database database) throws SQLException {
        return database.query("SELECT objoid::regclass, description FROM pg_description"
                + " WHERE classoid = 'pg_class'::regclass AND objoid IN (SELECT indexrelid FROM pg_index) ORDER BY 1");
    }
}
