// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.pbxha.sync.postgres.Selection.Category;
import org.pbxha.sync.postgres.Selection.Fate;

/** What a slave refuses, in words that say what to do, with its database as it was. */
@SuppressWarnings("NullAway.Init")
class PreflightIT {
    private Database master;
    private Database slave;
    private Map<String, String> before;

    @BeforeEach
    void makeDatabases() throws Exception {
        master = PgServer.usual().database(Schema.EVERYTHING);
        master.run(Schema.MASTER_ROWS);
        slave = PgServer.usual().database(Schema.EVERYTHING);
        slave.run(Schema.SLAVE_ROWS);
    }

    @AfterEach
    void nothingChanged() throws Exception {
        assertThat(slave.content()).isEqualTo(before);
    }

    @Test
    void namesEveryConstraintThatDiffersAndNoMissingIndex() throws Exception {
        for (Database database : List.of(master, slave)) {
            database.run("ALTER TABLE tenant ADD CONSTRAINT named CHECK (name <> 'nobody')");
        }
        master.run(
                "CREATE INDEX only_there ON tenant (name)",
                "ALTER TABLE tenant ADD CONSTRAINT one_name UNIQUE (name)",
                "ALTER TABLE parent ADD CONSTRAINT positive CHECK (n > 0)");
        slave.run(
                "ALTER TABLE tenant DROP CONSTRAINT named",
                "ALTER TABLE tenant ADD CONSTRAINT named CHECK (name <> 'anybody')",
                "ALTER TABLE tenant ALTER COLUMN name SET NOT NULL, ADD COLUMN harmless int");

        assertRefused(
                "child: constraint positive is missing here: CHECK ((n > 0))",
                "parent: constraint positive is missing here: CHECK ((n > 0))",
                "tenant: column name may be NULL on the master and must not here",
                "tenant: constraint named is CHECK ((name <> 'nobody'::text)) on the master and CHECK ((name <>"
                        + " 'anybody'::text)) here",
                "tenant: constraint one_name is missing here: UNIQUE (name)");
    }

    @Test
    void comparesWhatADomainAllows() throws Exception {
        slave.run(
                "ALTER DOMAIN extension_number DROP CONSTRAINT extension_number_check",
                "ALTER DOMAIN extension_number ADD CHECK (VALUE <> '')");

        assertRefused("types: column number is public.extension_number as character varying(40)"
                + " CHECK (((VALUE)::text ~ '^[0-9*#]+$'::text)) on the master and public.extension_number as"
                + " character varying(40) CHECK (((VALUE)::text <> ''::text)) here");
    }

    @Test
    void comparesTheAttributesOfCompositeTypes() throws Exception {
        master.run("CREATE TYPE hours AS (day int, open time)", "CREATE TABLE office (week hours[])");
        slave.run("CREATE TYPE hours AS (day int, open text)", "CREATE TABLE office (week hours[])");

        assertRefused(
                "office: column week is public.hours[] (day integer, open time without time zone) on the master and"
                        + " public.hours[] (day integer, open text) here");
    }

    @Test
    void refusesADatabaseThatCannotTellLetters() throws Exception {
        slave = PgServer.usual().databaseIn("SQL_ASCII", Schema.EVERYTHING);

        assertRefused("database: this node's database has the encoding SQL_ASCII instead of UTF8");
    }

    @Test
    void namesTheExtensionThatIsMissing() throws Exception {
        try (Connection connection = master.server().superuser(master.name())) {
            PgServer.execute(connection, "CREATE EXTENSION citext SCHEMA public");
        }
        master.run("CREATE TABLE emails (address citext)");
        slave.run("CREATE TABLE emails (address text)");

        assertRefused(
                "extension citext: it is missing here, and its types are needed for emails.address:"
                        + " CREATE EXTENSION \"citext\"",
                "emails: column address is public.citext on the master and text here");
    }

    @Test
    void namesTheTablesThatTheRoleMayNotTouch() throws Exception {
        try (Connection connection = slave.server().superuser(slave.name())) {
            PgServer.execute(
                    connection,
                    "ALTER TABLE netiface OWNER TO postgres",
                    "CREATE TABLE billing (tenant int REFERENCES tenant (id))",
                    "GRANT ALL ON netiface, billing TO asterisk");
        }

        assertRefused(
                "public.billing: it belongs to the role postgres, and pbx-ha is no member of that: give the table to the"
                        + " owner of the others",
                "public.netiface: it belongs to the role postgres, and pbx-ha is no member of that: give the table to the"
                        + " owner of the others");
    }

    @Test
    void namesTheCategoriesOnWhichTheNodesDisagree() throws Exception {
        before = slave.content();
        byte[] snapshot = Replication.snapshot(master, categories(Fate.REPLICATE));

        assertThatThrownBy(() -> Replication.apply(slave, snapshot, categories(Fate.LEAVE)))
                .hasMessage("""
                        the databases differ in 2 points:
                          selection: category network is replicated on the master and left alone here: give \
                        replication.categories the same value on both nodes
                          netiface: the master sends the table, which is left alone here""");
        byte[] less = Replication.snapshot(master, categories(Fate.LEAVE));
        assertThatThrownBy(() -> Replication.apply(slave, less, categories(Fate.REPLICATE)))
                .hasMessageContaining("netiface: the table is left alone on the master and replicated here");
    }

    @Test
    void namesTheRowsOfTheCustomersOwnTablesThatWouldReferToNothing() throws Exception {
        slave.run(
                "CREATE TABLE plugin (sip int REFERENCES staticsip (id) ON DELETE CASCADE)",
                "INSERT INTO plugin VALUES (98), (99), (99), (NULL), (3)",
                "ALTER TABLE netiface ADD UNIQUE (ifname)",
                "CREATE TABLE notes (ifname text REFERENCES netiface (ifname))",
                "INSERT INTO netiface VALUES ('s3cret')",
                "INSERT INTO notes VALUES ('s3cret')");
        master.run("ALTER TABLE netiface ADD UNIQUE (ifname)");
        before = slave.content();

        assertThatThrownBy(() -> Replication.run(master, slave))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONSTRAINT))
                .hasMessage("""
                        foreign keys would break:
                          foreign key plugin_sip_fkey of public.plugin: 3 rows refer to rows of public.staticsip that \
                        would not be there: sip = 98, 99
                          foreign key notes_ifname_fkey of public.notes: 1 row refers to rows of public.netiface that \
                        would not be there: 1 values of ifname, which are not shown here""");
    }

    private static Selection categories(Fate network) {
        return new Selection(
                "public",
                Set.of("cel", "queue_log", "fired", "kept_child"),
                List.of("alembic_version"),
                List.of(new Category("network", List.of("neti*"), network)),
                Fate.REPLICATE);
    }

    private void assertRefused(String... differences) throws Exception {
        before = slave.content();
        assertThatThrownBy(() -> Replication.run(master, slave))
                .isInstanceOfSatisfying(ReplicationException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.DIFFERENT);
                    assertThat(e.differences()).containsExactly(differences);
                });
    }
}
