// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/** The high availability that XiVO comes with is found, retired, and given back. */
@Lab(xivoHa = true)
final class OldHighAvailabilityST {
    @Test
    void setupRetiresItAndDisableRestoresIt(Pair pair) {
        ProductPair product = ProductPair.of(pair);
        product.install();
        Machinery before = Machinery.of(pair);

        ProductPair.Setup said = product.setup();
        product.awaitHealthy();

        assertThat(said.slave()).contains("an older high availability is set up here: ");
        assertThat(said.master()).contains("/etc/cron.d/xivo-ha-master");
        for (String file : List.of("/etc/xivo/ha.conf", "/etc/cron.d/xivo-ha-master", "/etc/cron.d/xivo-ha-slave")) {
            assertThat(pair.nodes())
                    .noneMatch(node -> node.exec("test", "-e", file).ok());
        }
        assertThat(letsTheMasterIn(pair)).isFalse();
        // It says so: no setup restarts a database under a working PBX.
        assertThat(said.slave()).contains("from PostgreSQL's next restart on");
        pair.slave().startDatabase();
        assertThat(pair.slave().run("ss", "-Hltn", "sport = :5432"))
                .doesNotContain(pair.slave().address())
                .doesNotContain("0.0.0.0:5432");

        for (Node node : pair.nodes()) {
            node.run("pbx-ha", "setup", "disable", "--yes");
            product.awaitSip(node);
        }
        Machinery.of(pair).assertSameAs(before);
        pair.slave().startDatabase();
        assertThat(letsTheMasterIn(pair)).isTrue();
    }

    private static boolean letsTheMasterIn(Pair pair) {
        return pair.master()
                .exec("psql", "-h", pair.slave().address(), "-U", "postgres", "-Atc", "SELECT 1", "asterisk")
                .ok();
    }
}
