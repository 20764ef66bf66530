// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;

/** The shell that guards the telephony units reads what the agent writes: a contract between two languages. */
class StateScriptIT {
    private static final Path SCRIPT = Path.of("../packaging/deb/lib/state.sh").toAbsolutePath();
    private static final String READ =
            ". \"$1\"; state_file=$2; read_state && echo \"$role $service${met:+, met}\" || echo unreadable";

    @TempDir
    private Path directory;

    private Path file;
    private DurableState store;

    @BeforeEach
    void open() {
        file = directory.resolve("state");
        store = new DurableState(file);
    }

    @Test
    void theShellSeesTheRecordThatWasWrittenLast() throws Exception {
        for (Role role : new Role[] {Role.MASTER, Role.SLAVE}) {
            for (ServiceState service : ServiceState.values()) {
                store.write(node(role, service, "pause für alle, sum=0"));

                assertThat(shell()).isEqualTo(words(role, service));
            }
        }
    }

    @Test
    void theShellTakesTheRecordBeforeWhenTheLastWriteWasTorn() throws Exception {
        store.write(node(Role.SLAVE, ServiceState.ACTIVE, "takeover"));
        store.write(node(Role.SLAVE, ServiceState.STANDBY, "failback"));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            // Sequence 2 lies in the first slot.
            bytes.seek(100);
            bytes.write(0);
        }

        assertThat(store.read().orElseThrow().state().service()).isEqualTo(ServiceState.ACTIVE);
        assertThat(shell()).isEqualTo(words(Role.SLAVE, ServiceState.ACTIVE));
    }

    @Test
    void theShellKnowsWhetherTwoActivesHaveMet() throws Exception {
        Meeting meeting = new Meeting(Instant.EPOCH, new Meeting.Term(6, null), new Meeting.Term(7, Instant.EPOCH));
        store.write(node(Role.SLAVE, ServiceState.STANDBY, "").withMeeting(meeting));
        assertThat(shell()).isEqualTo("slave standby, met");

        store.write(node(Role.SLAVE, ServiceState.STANDBY, ""));
        assertThat(shell()).isEqualTo("slave standby");
    }

    @Test
    void theShellReadsNothingWhereThereIsNothing() throws Exception {
        assertThat(shell()).isEqualTo("unreadable");
    }

    private String shell() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", READ, "sh", SCRIPT.toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8).trim();
    }

    private static NodeState node(Role role, ServiceState service, String reason) {
        State state = new State(service, 7, true, ServiceState.STANDBY);
        return new NodeState(role, state, "a-boot-id", Instant.parse("2026-01-02T03:04:05.678Z"), 120, reason);
    }

    private static String words(Role role, ServiceState service) {
        return role.toString().toLowerCase(Locale.ROOT) + " "
                + service.toString().toLowerCase(Locale.ROOT);
    }
}
