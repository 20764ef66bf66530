// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Result;

/** What the commands say when something is wrong, and the exit codes that scripts rely on. */
@Lab
final class CommandsST extends Scenario {
    private static final String AGENT = "pbx-ha.service";
    private static final String FILE = "/etc/pbx-ha/pbx-ha.yml";

    private static final List<String> COMMANDS = List.of(
            "",
            "agent",
            "status",
            "replicate",
            "sync",
            "split-brain",
            "check-master-status",
            "services",
            "services start",
            "services stop",
            "services status",
            "handover",
            "failback",
            "takeover",
            "pause",
            "resume",
            "mode",
            "explain",
            "setup",
            "setup slave",
            "setup master",
            "setup disable",
            "config",
            "config check",
            "config show",
            "config profile",
            "history",
            "version");

    @BeforeAll
    static void installXivosNames(Pair pair) {
        pair.nodes().forEach(node -> node.install(Packages.xivoCompat()));
    }

    @Test
    void everyCommandExplainsItself(Pair pair) {
        for (String command : COMMANDS) {
            Result help = pair.slave().exec("sh", "-c", "pbx-ha " + command + " --help");
            assertThat(help.orFail()).as(command).startsWith("Usage: pbx-ha").contains(command);
        }
    }

    @Test
    void typingErrorsGetASuggestion(Pair pair) {
        Result option = pair.slave().exec("pbx-ha", "status", "--jsn");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err()).contains("--jsn").contains("--json");
        Result command = pair.slave().exec("pbx-ha", "staus");
        assertThat(command.exit()).isEqualTo(2);
        assertThat(command.err()).contains("staus").contains("status");
    }

    @Test
    void brokenConfigurationIsToldWholeAndStopsTheAgentForGood(Pair pair) {
        Node slave = pair.slave();
        String good = slave.run("cat", FILE);
        String bad =
                good.replaceFirst("role: \\w+", "role: boss") + "\nwatsh: {interval: 1s}\nboot: {master-wait: soon}\n";
        write(slave, bad);
        try {
            Result check = slave.exec("pbx-ha", "config", "check");
            assertThat(check.exit()).isEqualTo(78);
            assertThat(check.err()).contains("3 problems", "boss", "watsh", "watch", "soon");

            pair.expectError("problems|boss|watsh|soon|repair|Failed to start pbx-ha.service");
            assertThat(slave.exec("systemctl", "restart", AGENT).ok()).isFalse();
            assertThat(slave.run("systemctl", "show", "--property=ExecMainStatus,NRestarts,ActiveState", AGENT))
                    .contains("ExecMainStatus=78", "NRestarts=0", "ActiveState=failed");
            assertThat(slave.isActive("asterisk.service")).isFalse();
        } finally {
            write(slave, good + "\n");
            slave.run("systemctl", "restart", AGENT);
        }
    }

    @Test
    void withoutAnAgentStatusTellsTheLastKnownState(Pair pair) {
        Node slave = pair.slave();
        slave.run("systemctl", "stop", AGENT);
        try {
            for (String command : List.of("status", "check-master-status", "replicate", "sync")) {
                assertThat(slave.exec("pbx-ha", command).exit()).as(command).isEqualTo(3);
            }
            assertThat(slave.exec("pbx-ha", "status").err())
                    .contains("systemctl status pbx-ha", "last known: slave, standby");
        } finally {
            slave.run("systemctl", "start", AGENT);
        }
    }

    @Test
    void syncWithoutItsKeyIsRefusedAndSaysWhatToDo(Pair pair) {
        String key = "/var/lib/pbx-ha/ssh/id_ed25519";
        pair.master().run("mv", key, key + ".away");
        try {
            Result sync = pair.master().exec("pbx-ha", "sync");
            assertThat(sync.exit()).as(sync.toString()).isEqualTo(1);
            assertThat(sync.out()).contains("the sync key " + key + " cannot be read; Pair again");
        } finally {
            pair.master().run("mv", key + ".away", key);
        }
        assertThat(pair.master().exec("pbx-ha", "sync").orFail()).startsWith("files copied");
    }

    @Test
    void servicesAreTheAgentsAsLongAsItRuns(Pair pair) {
        for (String command : List.of("start", "stop")) {
            Result result = pair.slave().exec("pbx-ha", "services", command);
            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.out()).contains("the agent runs and decides itself");
        }
        assertMasterServes(pair);
    }

    @Test
    void administratorMovesTheServicesOfANodeWithoutAnAgent(Pair pair) {
        Node slave = pair.slave();
        slave.run("systemctl", "stop", AGENT);
        // Or the first start of Asterisk would bring it back.
        slave.run("systemctl", "mask", AGENT);
        try {
            assertThat(slave.run("pbx-ha", "services", "start")).contains("this node is active");
            ProductPair.of(pair).awaitSip(slave);
            assertThat(slave.run("pbx-ha", "services", "status")).contains("asterisk.service");
            assertThat(slave.run("xivo-manage-slave-services", "stop")).contains("this node is standby");
            assertThat(slave.isActive("asterisk.service")).isFalse();
        } finally {
            slave.run("systemctl", "unmask", AGENT);
            slave.run("systemctl", "start", AGENT);
        }
    }

    @Test
    void xivosNamesKeepTheirWordsAndExitCodes(Pair pair) {
        Node master = pair.master();
        Node slave = pair.slave();
        assertThat(slave.exec("xivo-check-master-status", master.address()).exit())
                .isZero();
        assertThat(slave.exec("xivo-check-master-status").exit()).isEqualTo(1);
        assertThat(slave.run("xivo-manage-slave-services", "start")).contains("nothing to do");
        assertThat(master.run("xivo-master-slave-db-replication", slave.address()))
                .isEqualTo("Slave replication completed succesfully");
        Result refused = slave.exec("xivo-master-slave-db-replication", master.address());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).startsWith("Slave replication failed: ");
        assertThat(master.run("xivo-sync")).isEmpty();
        assertThat(master.exec("xivo-sync", "-i").err()).contains("already exist");
        Result notMaster = slave.exec("xivo-sync");
        assertThat(notMaster.exit()).isEqualTo(1);
        assertThat(notMaster.err()).contains("HA not configured or not a master node");
        assertMasterServes(pair);
    }

    /** Into the old file, which keeps its owner and mode. */
    private static void write(Node node, String content) {
        node.write("/root/pbx-ha.yml", content);
        node.run("cp", "--no-preserve=all", "/root/pbx-ha.yml", FILE);
    }
}
