// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registration times in a real PostgreSQL with XiVO's and Wazo's tables. */
class SipExpiryIT {
    private static final String XIVO = """
            CREATE TABLE staticsip (
                id serial PRIMARY KEY,
                cat_metric integer DEFAULT 0 NOT NULL,
                var_metric integer DEFAULT 0 NOT NULL,
                commented integer DEFAULT 0 NOT NULL,
                filename varchar(128) NOT NULL,
                category varchar(128) NOT NULL,
                var_name varchar(128) NOT NULL,
                var_val varchar(255));
            INSERT INTO staticsip (commented, filename, category, var_name, var_val) VALUES
                (0, 'sip.conf', 'general', 'bindport', '5060'),
                (0, 'sip.conf', 'general', 'minexpiry', '60'),
                (0, 'sip.conf', 'general', 'maxexpiry', '7200'),
                (1, 'sip.conf', 'general', 'defaultexpiry', '99'),
                (0, 'sip.conf', 'other', 'minexpiry', '11')
            """;

    private static final String WAZO = """
            CREATE TYPE endpoint_sip_section_type AS ENUM ('aor', 'auth', 'endpoint');
            CREATE TABLE tenant (uuid varchar(36) PRIMARY KEY, global_sip_template_uuid uuid);
            CREATE TABLE endpoint_sip_section (
                uuid uuid DEFAULT gen_random_uuid() PRIMARY KEY,
                type endpoint_sip_section_type NOT NULL,
                endpoint_sip_uuid uuid NOT NULL);
            CREATE TABLE endpoint_sip_section_option (
                uuid uuid DEFAULT gen_random_uuid() PRIMARY KEY,
                key text NOT NULL,
                value text NOT NULL,
                endpoint_sip_section_uuid uuid NOT NULL REFERENCES endpoint_sip_section);
            INSERT INTO tenant VALUES ('a', '00000000-0000-0000-0000-00000000000a'), ('b', '00000000-0000-0000-0000-00000000000b'), ('c', NULL);
            INSERT INTO endpoint_sip_section VALUES
                ('10000000-0000-0000-0000-00000000000a', 'aor', '00000000-0000-0000-0000-00000000000a'),
                ('20000000-0000-0000-0000-00000000000a', 'endpoint', '00000000-0000-0000-0000-00000000000a'),
                ('10000000-0000-0000-0000-00000000000b', 'aor', '00000000-0000-0000-0000-00000000000b'),
                ('10000000-0000-0000-0000-00000000000d', 'aor', '00000000-0000-0000-0000-00000000000d');
            INSERT INTO endpoint_sip_section_option (key, value, endpoint_sip_section_uuid) VALUES
                ('maximum_expiration', '3600', '10000000-0000-0000-0000-00000000000a'),
                ('default_expiration', '120', '10000000-0000-0000-0000-00000000000a'),
                ('minimum_expiration', '60', '10000000-0000-0000-0000-00000000000a'),
                ('max_contacts', '1', '10000000-0000-0000-0000-00000000000a'),
                ('maximum_expiration', '1000', '10000000-0000-0000-0000-00000000000b'),
                ('maximum_expiration', '3600', '10000000-0000-0000-0000-00000000000d')
            """;

    private static final String ALL_OF_XIVO =
            "SELECT string_agg(concat_ws(' ', commented, category, var_name, var_val), ', ' ORDER BY id) FROM staticsip";
    private static final String ALL_OF_WAZO =
            "SELECT string_agg(concat_ws(' ', right(endpoint_sip_section_uuid::text, 1), key, value), ', '"
                    + " ORDER BY endpoint_sip_section_uuid, key) FROM endpoint_sip_section_option";

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private Connection connection;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void emptyDatabase() throws SQLException {
        connection = postgres.getPostgresDatabase().getConnection();
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void doesNothingToADatabaseWithoutSip() throws SQLException {
        assertThat(SipExpiry.apply(connection)).isEqualTo(SipExpiryUndo.NOTHING);
        assertThat(SipExpiry.restore(connection, SipExpiryUndo.NOTHING))
                .isEqualTo(new SipExpiry.Restored(0, List.of()));
    }

    @Test
    void setsTheValuesOfAPairInXivosTableAndPutsBackWhatWasThere() throws SQLException {
        execute(XIVO);
        String before = one(ALL_OF_XIVO);
        SipExpiryUndo undo = SipExpiry.apply(connection);
        assertThat(one(ALL_OF_XIVO))
                .isEqualTo("0 general bindport 5060, 0 general minexpiry 180, 0 general maxexpiry 300,"
                        + " 1 general defaultexpiry 99, 0 other minexpiry 11, 0 general defaultexpiry 240");
        assertThat(SipExpiry.restore(connection, undo)).isEqualTo(new SipExpiry.Restored(3, List.of()));
        assertThat(one(ALL_OF_XIVO)).isEqualTo(before);
        assertThat(SipExpiry.restore(connection, undo).changed()).isZero();
    }

    @Test
    void setsTheValuesOfAPairInTheGlobalTemplateOfEachTenantOfWazo() throws SQLException {
        execute(WAZO);
        String before = one(ALL_OF_WAZO);
        SipExpiryUndo undo = SipExpiry.apply(connection);
        assertThat(one(ALL_OF_WAZO))
                .isEqualTo(
                        "a default_expiration 240, a max_contacts 1, a maximum_expiration 300, a minimum_expiration 180,"
                                + " b default_expiration 240, b maximum_expiration 300, b minimum_expiration 180,"
                                + " d maximum_expiration 3600");
        assertThat(SipExpiry.restore(connection, undo).changed()).isEqualTo(6);
        assertThat(one(ALL_OF_WAZO)).isEqualTo(before);
    }

    @Test
    void maybeAppliedTwiceWithoutForgettingTheFirstValues() throws SQLException {
        execute(XIVO);
        execute(WAZO);
        String xivo = one(ALL_OF_XIVO);
        String wazo = one(ALL_OF_WAZO);
        SipExpiryUndo first = SipExpiry.apply(connection);
        String applied = one(ALL_OF_XIVO) + one(ALL_OF_WAZO);
        SipExpiryUndo second = SipExpiry.apply(connection);
        assertThat(one(ALL_OF_XIVO) + one(ALL_OF_WAZO)).isEqualTo(applied);
        SipExpiry.restore(connection, first.plus(second));
        assertThat(one(ALL_OF_XIVO)).isEqualTo(xivo);
        assertThat(one(ALL_OF_WAZO)).isEqualTo(wazo);
    }

    @Test
    void leavesAloneWhatSomebodyChangedSince() throws SQLException {
        execute(XIVO);
        SipExpiryUndo undo = SipExpiry.apply(connection);
        execute("UPDATE staticsip SET var_val = '600' WHERE var_name = 'maxexpiry'");
        assertThat(SipExpiry.restore(connection, undo))
                .isEqualTo(new SipExpiry.Restored(2, List.of("staticsip sip.conf MAXIMUM = 600")));
        assertThat(one("SELECT var_val FROM staticsip WHERE var_name = 'maxexpiry'"))
                .isEqualTo("600");
    }

    @Test
    void givesATenantMadeSinceTheShippedValues() throws SQLException {
        execute(WAZO);
        SipExpiry.apply(connection);
        assertThat(SipExpiry.restore(connection, SipExpiryUndo.NOTHING).changed())
                .isEqualTo(6);
        assertThat(one(ALL_OF_WAZO))
                .contains("b default_expiration 120, b maximum_expiration 3600, b minimum_expiration 60");
    }

    @Test
    void changesAllOrNothing() throws SQLException {
        execute(XIVO);
        execute(WAZO);
        execute(
                "ALTER TABLE endpoint_sip_section_option ADD CHECK (NOT (key = 'default_expiration' AND value = '240'))");
        String before = one(ALL_OF_XIVO) + one(ALL_OF_WAZO);
        assertThatThrownBy(() -> SipExpiry.apply(connection)).isInstanceOf(SQLException.class);
        assertThat(one(ALL_OF_XIVO) + one(ALL_OF_WAZO)).isEqualTo(before);
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void readsWhatIsThereAndChangesNothing() throws SQLException {
        execute(XIVO);
        String before = one(ALL_OF_XIVO);
        SipExpiryUndo found = SipExpiry.read(connection);
        assertThat(one(ALL_OF_XIVO)).isEqualTo(before);
        assertThat(found).isEqualTo(SipExpiry.apply(connection));
        assertThat(found.values()).extracting(SipExpiryUndo.Previous::value).containsExactly("60", "7200", null);
    }

    @Test
    void printsWhatIsThereThroughPsql() throws Exception {
        assertThat(psql(SipExpiry.psqlScript())).isEmpty();
        execute(XIVO);
        assertThat(psql(SipExpiry.psqlScript())).containsExactly("60/unset/7200");
        execute(WAZO);
        assertThat(psql(SipExpiry.psqlScript()))
                .containsExactlyInAnyOrder("60/unset/7200", "60/120/3600", "unset/unset/1000");
        SipExpiry.apply(connection);
        assertThat(psql(SipExpiry.psqlScript())).containsOnly(SipExpiry.paired());
    }

    @Test
    void doesNotReadAViewAsASuperuser() throws Exception {
        execute("CREATE VIEW staticsip AS SELECT 1 / 0 AS id");
        assertThat(psql(SipExpiry.psqlScript())).isEmpty();
    }

    private static List<String> psql(String script) throws IOException, InterruptedException {
        Process psql = new ProcessBuilder(
                        "/usr/bin/psql",
                        "-XqAt",
                        "-vON_ERROR_STOP=1",
                        "-hlocalhost",
                        "-p" + postgres.getPort(),
                        "-Upostgres",
                        "postgres",
                        "-f-")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = psql.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private @Nullable String one(String sql) throws SQLException {
        return Sql.column(connection, sql).get(0);
    }
}
