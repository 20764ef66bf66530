// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is copied, what is left alone, and what is refused, on every suite. */
abstract class CopiesContract extends PairContract {
    private static final Logger LOG = LoggerFactory.getLogger(CopiesContract.class);
    private static final String DUMP = "PBXHA_XIVO_DUMP";

    @Test
    void replicationBringsTheMastersRowsAndLeavesTheSlavesOwn(Pair pair) {
        pair.slave().sql("INSERT INTO queue_log (time, event) VALUES ('only here', 'SLAVE')");
        pair.master().sql("INSERT INTO queue_log (time, event) VALUES ('only there', 'MASTER')");
        pair.slave().sql("UPDATE userfeatures SET lastname = 'spoilt'");
        pair.master().sql("UPDATE userfeatures SET firstname = E'Renée \\\\ \"x\"\\t' WHERE id = 7");
        pair.master().sql("DELETE FROM user_line WHERE id = 2000");
        String own = Tables.own(pair.slave());

        assertThat(pair.master().run("pbx-ha", "replicate")).contains("database replicated: ");

        assertThat(Tables.replicated(pair.slave())).isEqualTo(Tables.replicated(pair.master()));
        assertThat(Tables.own(pair.slave())).isEqualTo(own).isNotEqualTo(Tables.own(pair.master()));
        String next = "SELECT last_value, is_called FROM userfeatures_id_seq";
        assertThat(pair.slave().sql(next)).isEqualTo(pair.master().sql(next));
    }

    @Test
    void syncMakesTheDirectoriesEqualAndTouchesNothingElse(Pair pair) {
        pair.slave().write("/var/lib/xivo/sounds/acd/only-here.wav", "old");
        pair.slave().write("/var/lib/xivo/neighbour", "mine");

        assertThat(pair.master().run("pbx-ha", "sync")).startsWith("files copied: 7 directories");

        assertThat(listing(pair.slave())).isEqualTo(listing(pair.master()));
        assertThat(listing(pair.slave())).contains("fermé le dimanche.wav").doesNotContain("only-here");
        assertThat(pair.slave().run("cat", "/var/lib/xivo/neighbour")).isEqualTo("mine");
    }

    @Test
    void activeSlaveTakesNoData(Pair pair) {
        ProductPair product = ProductPair.of(pair);
        pair.master().powerOff();
        awaitRow(pair, pair.slave(), 490);
        String before = Tables.replicated(pair.slave());
        assertRefused(pair.slave(), "replicate", "run this on the master");
        assertRefused(pair.slave(), "sync", "run this on the master");

        product.set(pair.slave(), "failback.hold-down", "10m");
        pair.master().powerOn();
        awaitRow(pair, pair.master(), 110);
        assertRefused(pair.master(), "replicate", "this master stands by; what the slave has is newer");
        assertRefused(pair.master(), "sync", "this master stands by; what the slave has is newer");
        assertThat(Tables.replicated(pair.slave())).isEqualTo(before);
        Result proof = pair.master()
                .exec(
                        "ssh",
                        "-i",
                        "/var/lib/pbx-ha/ssh/id_ed25519",
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "UserKnownHostsFile=/var/lib/pbx-ha/ssh/known_hosts",
                        "root@" + pair.slave().address(),
                        "rsync",
                        "--server");
        assertThat(proof.ok()).isFalse();
        assertThat(proof.err()).contains("active");
        product.set(pair.slave(), "failback.hold-down", HOLD_DOWN.toSeconds() + "s");
    }

    @Test
    void realDatabaseArrivesRowByRow(Pair pair) throws IOException {
        String dump = dump();
        try {
            pair.nodes().forEach(node -> Tables.putAside(node, "UTF8"));
            pair.nodes().forEach(node -> Tables.script(node, "asterisk", dump));
            emptyAllTables(pair.slave());
            String own = Tables.own(pair.slave());

            assertThat(pair.master().run("pbx-ha", "replicate")).contains("database replicated: ");

            String tables = Tables.replicated(pair.master());
            assertThat(tables.lines().count()).isGreaterThan(100);
            assertThat(Tables.replicated(pair.slave())).isEqualTo(tables);
            assertThat(Tables.own(pair.slave())).isEqualTo(own);
            LOG.info("compared row by row: {} tables", tables.lines().count());
        } finally {
            pair.nodes().forEach(Tables::bringBack);
        }
    }

    /** The database of a real XiVO, which is not part of the project. */
    private static String dump() throws IOException {
        String file = System.getenv(DUMP);
        if (file == null) {
            String skip = "SKIPPED, no real database was replicated: " + DUMP + " names no dump of one (sql.gz)";
            LOG.warn(skip);
            throw new TestAbortedException(skip);
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(file)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A new installation has the same tables and versions, and nothing in them. */
    private static void emptyAllTables(Node node) {
        node.sql(
                "DO $$ BEGIN EXECUTE (SELECT 'TRUNCATE ' || string_agg(relname::regclass::text, ', ') FROM pg_class"
                        + " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'); END $$");
    }

    private static void assertRefused(Node node, String command, String why) {
        Result result = node.exec("pbx-ha", command);
        assertThat(result.exit()).as(result.toString()).isEqualTo(4);
        assertThat(result.out() + result.err()).contains(why);
    }

    private static String listing(Node node) {
        return node.run(
                "sh",
                "-c",
                "find /etc/asterisk/extensions_extra.d /etc/xivo/asterisk /var/lib/asterisk/agi-bin /var/lib/asterisk/moh"
                        + " /var/lib/xivo/certificates /var/lib/xivo/sounds/acd /var/lib/xivo/sounds/playback"
                        + " -printf '%p %y %m %u:%g %l %T@\\n' -type f -exec sha256sum {} + | sort");
    }
}
