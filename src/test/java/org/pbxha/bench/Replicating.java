// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.pbxha.lab.Node;
import org.pbxha.lab.Result;
import org.pbxha.product.ProductPair;

/**
 * Replication of generated tables on a paired lab, beside what XiVO does: {@code pg_dump --data-only} over TCP into
 * {@code psql}, here without its temporary file. Both find the slave's tables as the other has left them.
 */
final class Replicating {
    private static final Duration LIMIT = Duration.ofHours(1);

    private final ProductPair product;
    private final Node master;
    private final Node slave;

    Replicating(ProductPair product) {
        this.product = product;
        this.master = product.master();
        this.slave = product.slave();
        letMasterIn();
    }

    /** XiVO's way needs the slave's database open to the network, and the master let in without a password. */
    private void letMasterIn() {
        slave.run(
                "sh",
                "-c",
                "for f in /etc/postgresql/*/main/pg_hba.conf; do echo 'host asterisk postgres " + master.address()
                        + "/32 trust' >>\"$f\"; done");
        slave.sql("ALTER SYSTEM SET listen_addresses = '*'");
        slave.startDatabase();
    }

    /** Makes a table with rows of two hundred bytes, on the master with rows and on the slave without. */
    void table(String name, long rows) {
        for (Node node : product.pair().nodes()) {
            node.sql("CREATE TABLE " + name + " (id integer PRIMARY KEY, name text NOT NULL, more text, flag boolean)");
            node.sql("ALTER TABLE " + name + " OWNER TO asterisk");
        }
        master.sql("INSERT INTO " + name + " SELECT g, 'name ' || g, repeat(md5(g::text), 5), g % 2 = 0"
                + " FROM generate_series(1, " + rows + ") g");
        settle(name);
    }

    void dropTable(String name) {
        product.pair().nodes().forEach(node -> node.sql("DROP TABLE " + name));
    }

    /** Changes ten rows of a table on the master. */
    void changeTen(String name) {
        master.sql("UPDATE " + name + " SET flag = NOT flag WHERE id % (SELECT max(id) / 10 FROM " + name + ") = 0");
    }

    /** Seconds of a run of pbx-ha, command and all. */
    double own() {
        return seconds(master, "pbx-ha", "replicate");
    }

    /** The same, of everything: the slave has forgotten what it has. */
    double ownFull() {
        slave.run("rm", "-f", "/var/lib/pbx-ha/last-replication.json");
        return own();
    }

    /** Seconds of the same by pg_dump and psql, of the same tables. */
    double byDump() {
        List<String> tables = replicated();
        String dump = "set -e; { echo 'BEGIN; SET session_replication_role = replica; TRUNCATE "
                + String.join(", ", tables) + ";'; pg_dump --data-only"
                + tables.stream().map(table -> " --table='" + table + "'").collect(Collectors.joining())
                + " asterisk | grep -v '^.restrict\\|^.unrestrict'; echo 'COMMIT;'; } | psql --quiet --no-psqlrc"
                + " --set ON_ERROR_STOP=1 --host " + slave.address() + " asterisk >/dev/null";
        return seconds(
                master,
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "--reset-env",
                "sh",
                "-c",
                dump);
    }

    /** The tables that pbx-ha copies, as identifiers. */
    private List<String> replicated() {
        JsonNode plan = ProductPair.parse(master.run("pbx-ha", "replicate", "--plan", "--json"));
        return StreamSupport.stream(plan.path("tables").spliterator(), false)
                .filter(table -> table.path("fate").asText().equals("replicated"))
                .map(table -> '"' + table.path("name").asText() + '"')
                .toList();
    }

    private void settle(String name) {
        master.sql("VACUUM ANALYZE " + name);
        master.sql("CHECKPOINT");
        slave.sql("CHECKPOINT");
    }

    private static double seconds(Node node, String... command) {
        long start = System.nanoTime();
        Result result = node.exec(LIMIT, command);
        double seconds = (System.nanoTime() - start) / 1e9;
        result.orFail();
        return seconds;
    }
}
