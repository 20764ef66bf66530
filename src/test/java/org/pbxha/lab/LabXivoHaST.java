// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The old high availability that setup must find and retire is really there, holes and all. */
@Lab(xivoHa = true)
final class LabXivoHaST {
    @Test
    void bothNodesHaveItsSettingsAndJobs(Pair pair) {
        assertThat(pair.master().run("cat", "/etc/xivo/ha.conf"))
                .contains("\"node_type\": \"master\"")
                .contains(pair.slave().address());
        assertThat(pair.slave().run("cat", "/etc/xivo/ha.conf"))
                .contains("\"node_type\": \"slave\"")
                .contains(pair.master().address());
        assertThat(pair.master().run("cat", "/etc/cron.d/xivo-ha-master")).contains("xivo-sync");
        assertThat(pair.slave().run("cat", "/etc/cron.d/xivo-ha-slave")).contains("xivo-check-master-status");
    }

    @Test
    void slaveLetsTheMasterInAsSuperuserWithoutAPassword(Pair pair) {
        assertThat(pair.master().run("psql", "-h", "slave", "-U", "postgres", "-Atc", "SHOW is_superuser", "asterisk"))
                .isEqualTo("on");
        assertThat(pair.slave()
                        .exec("psql", "-h", "master", "-U", "postgres", "-Atc", "SELECT 1", "asterisk")
                        .ok())
                .isFalse();
    }
}
