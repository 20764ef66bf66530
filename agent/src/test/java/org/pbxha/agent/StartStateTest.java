// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.state.BootId;
import org.pbxha.agent.state.DurableState;
import org.pbxha.agent.state.NodeState;

class StartStateTest {
    private static final State SERVING = new State(ServiceState.ACTIVE, 4, true, ServiceState.ACTIVE);

    @TempDir
    private Path directory;

    private DurableState store;

    @BeforeEach
    void open() {
        store = new DurableState(directory.resolve("state"));
    }

    @Test
    void anAgentThatRestartsFindsItsStateUntouched() throws Exception {
        store.write(node(BootId.current()));

        StartState.prepare(store, Role.MASTER);

        assertThat(store.read()).contains(node(BootId.current()));
    }

    @Test
    void aNodeThatRebootedStandsByUntilARuleSaysOtherwise() throws Exception {
        store.write(node("an earlier boot"));

        StartState.prepare(store, Role.MASTER);

        NodeState now = store.read().orElseThrow();
        assertThat(now.state()).isEqualTo(new State(ServiceState.STANDBY, 4, false, ServiceState.ACTIVE));
        assertThat(now.bootId()).isEqualTo(BootId.current());
    }

    @Test
    void aRoleThatWasChangedByHandStopsTheStart() throws IOException {
        store.write(node("an earlier boot"));

        assertThatThrownBy(() -> StartState.prepare(store, Role.SLAVE))
                .isInstanceOfSatisfying(
                        StartupException.class, e -> assertThat(e.exitCode()).isEqualTo(78))
                .hasMessageContaining("set up as MASTER");
    }

    @Test
    void aNodeThatWasNeverSetUpSaysSo() {
        assertThatThrownBy(() -> StartState.prepare(store, Role.SLAVE))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("not set up");
    }

    private static NodeState node(String boot) {
        return new NodeState(Role.MASTER, SERVING, boot, Instant.parse("2026-01-02T03:04:05Z"), 290, "serves");
    }
}
