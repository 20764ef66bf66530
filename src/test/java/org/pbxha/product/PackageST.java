// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/** The package of a pair that is at work: upgraded under it, and taken away from it. */
@Lab
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PackageST extends Scenario {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final String LEFT_BEHIND = "find / -xdev -name '*pbx-ha*' ! -path '*pbx-ha-lab*' ! -path '/root/*'"
            + " ! -path '/proc/*' ! -path '/run/*' ! -path '/var/lib/systemd/*'; grep -rl pbx-ha /etc /root/.ssh 2>/dev/null || true";

    @Test
    @Order(1)
    void upgradeMovesNothing(Pair pair) {
        for (Node node : pair.nodes()) {
            String asterisk = pid(node, "asterisk.service");
            String agent = pid(node, "pbx-ha.service");
            long epoch = epoch(pair, node);
            int mark = mark(pair.slave());
            dpkg(node, "--install", "/root/" + Packages.agent().getFileName());
            ProductPair.of(pair).awaitHealthy();
            assertThat(pid(node, "pbx-ha.service")).isNotEqualTo(agent);
            assertThat(pid(node, "asterisk.service")).isEqualTo(asterisk);
            assertThat(epoch(pair, node)).isEqualTo(epoch);
            assertThat(decisions(pair.slave(), mark)).doesNotContain(330);
        }
    }

    @Test
    @Order(2)
    void removalLeavesAWorkingPbxAndPurgeNothing(Pair pair) {
        String asterisk = pid(pair.master(), "asterisk.service");
        for (Node node : pair.nodes()) {
            dpkg(node, "--remove", "pbx-ha");
            ProductPair.of(pair).awaitSip(node);
            assertThat(node.isActive("pbx-ha.service")).isFalse();
            node.run("systemctl", "restart", "postgresql.service");
            dpkg(node, "--purge", "pbx-ha");
            assertThat(node.run("sh", "-c", LEFT_BEHIND)).isEmpty();
            assertThat(node.sql("SELECT rolname FROM pg_roles WHERE rolname LIKE 'pbx%'"))
                    .isEmpty();
        }
        assertThat(pid(pair.master(), "asterisk.service")).isEqualTo(asterisk);
        for (Node node : pair.nodes()) {
            node.run("systemctl", "restart", "asterisk.service");
            ProductPair.of(pair).awaitSip(node);
        }
    }

    private static void dpkg(Node node, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "dpkg";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        node.exec(LIMIT, command).orFail();
    }
}
