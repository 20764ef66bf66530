// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.Requirement;
import org.pbxha.sync.postgres.ReplicationPlan.Fate;
import org.pbxha.sync.postgres.Selection.Category;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A dump of a real XiVO database (plain SQL, gzip), when PBXHA_XIVO_DUMP names one. It is no part of pbx-ha. */
class XivoDumpIT {
    private static final Logger LOG = LoggerFactory.getLogger(XivoDumpIT.class);
    private static final Set<String> EXCLUDED = Set.of(
            "netiface",
            "resolvconf",
            "mail",
            "monitoring",
            "session",
            "cel",
            "queue_log",
            "call_log",
            "stat_agent",
            "stat_agent_periodic",
            "stat_call_on_queue",
            "stat_queue",
            "stat_queue_periodic");
    private static final Selection XIVO = new Selection("public", EXCLUDED, List.of("alembic_version"));

    /** As the profile has them. */
    private static final Selection BY_CATEGORY = new Selection(
            "public",
            Set.of(),
            List.of("alembic_version"),
            List.of(
                    left("network", "netiface", "resolvconf"),
                    new Category("dhcp", List.of("dhcp"), Selection.Fate.REPLICATE),
                    left("mail", "mail"),
                    left("support", "monitoring"),
                    left("web-sessions", "session"),
                    new Category("provisioning", List.of("provisioning"), Selection.Fate.REPLICATE),
                    new Category("node-identity", List.of("infos"), Selection.Fate.REPLICATE),
                    left("call-records", "cel", "call_log", "call_log_participant", "call_logd_call_log"),
                    left("queue-log", "queue_log"),
                    left("statistics", "stat_*")),
            Selection.Fate.REPLICATE);

    @Test
    void replicatesARealDatabaseRowByRowOnOldAndNewServers() throws Exception {
        Path dump =
                Path.of(Optional.ofNullable(System.getenv("PBXHA_XIVO_DUMP")).orElse("/nonexistent"));
        assumeTrue(Files.exists(dump), "PBXHA_XIVO_DUMP names no dump");
        Requirement.program("/usr/bin/psql", "postgresql-client");

        replicate(dump, PgServer.oldest(), PgServer.oldest());
        replicate(dump, PgServer.newest(), PgServer.newest());
        replicate(dump, PgServer.oldest(), PgServer.newest());
    }

    private static Category left(String name, String... tables) {
        return new Category(name, List.of(tables), Selection.Fate.LEAVE);
    }

    /** Every table has a fate and a category, or is named as one that no rule names. */
    private static void checkPlan(Database database) throws Exception {
        ReplicationPlan plan = ReplicationPlan.read(database.source(), BY_CATEGORY);

        LOG.warn("the plan:\n{}", String.join("\n", PlanText.lines(plan)));
        assertThat(plan.tables())
                .hasSizeGreaterThan(100)
                .allMatch(table -> table.rows() >= 0)
                .filteredOn(table ->
                        !table.category().isEmpty() && !table.category().equals("dhcp"))
                .filteredOn(table -> !table.category().equals("provisioning") && table.fate() != Fate.COMPARED)
                .allMatch(table -> table.fate() == Fate.LEFT_ALONE)
                .extracting(ReplicationPlan.Table::name)
                .containsExactlyInAnyOrderElementsOf(EXCLUDED);
        assertThat(plan.tables())
                .filteredOn(table -> table.category().isEmpty())
                .allMatch(table -> table.fate() == Fate.REPLICATED)
                .extracting(ReplicationPlan.Table::name)
                .isEqualTo(plan.unnamedTables())
                .contains("staticsip", "userfeatures", "stats_conf");
        assertThat(plan.unmatchedCategories()).isEmpty();
        assertThat(plan.obstacles()).isEmpty();
    }

    private static void replicate(Path dump, PgServer from, PgServer to) throws Exception {
        Database master = load(dump, from);
        Database slave = load(dump, to);
        checkPlan(master);
        master.run(
                "INSERT INTO cel (eventtype, eventtime, userdeftype, cid_name, cid_num, cid_ani, cid_rdnis, cid_dnid,"
                        + " exten, context, channame, appname, appdata, amaflags, accountcode, peeraccount, uniqueid,"
                        + " linkedid, userfield, peer) SELECT 'MASTER', now(), '', '', '', '', '', '', '', '', '', '', '',"
                        + " 0, '', '', '', '', '', ''",
                "UPDATE staticsip SET var_val = '180' WHERE var_name = 'minexpiry'");
        // The slave has drifted: old rows, rows of its own, a used sequence.
        slave.run(
                "DELETE FROM extensions",
                "UPDATE staticsip SET var_val = 'drifted'",
                "SELECT setval('staticsip_id_seq', 99999)",
                "INSERT INTO queue_log (time, callid, queuename, agent, event) VALUES ('2', '', '', '', 'SLAVE')");
        Map<String, String> before = slave.content();
        List<String> shape = slave.shape();

        ApplySummary summary = Replication.run(master, slave, XIVO);
        LOG.warn(
                "{} tables, {} rows in {} ms",
                summary.tables(),
                summary.rows(),
                summary.took().toMillis());

        Map<String, String> expected = master.content();
        Set<String> kept = EXCLUDED.stream()
                .flatMap(table -> Stream.of(table, table + "_id_seq"))
                .collect(Collectors.toCollection(HashSet::new));
        expected.replaceAll((relation, content) -> kept.contains(relation) ? before.get(relation) : content);
        assertThat(slave.content()).isEqualTo(expected);
        assertThat(slave.content()).isNotEqualTo(before);
        assertThat(slave.shape()).isEqualTo(shape);
        assertThat(summary.tables()).isGreaterThan(100);
    }

    private static Database load(Path dump, PgServer server) throws Exception {
        Database database = server.database();
        Process psql = new ProcessBuilder(
                        "/usr/bin/psql",
                        "-X",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(server.port()),
                        "-U",
                        "postgres",
                        "-d",
                        database.name())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(dump));
                OutputStream out = psql.getOutputStream()) {
            in.transferTo(out);
        }
        assertThat(psql.waitFor()).isZero();
        return database;
    }
}
