// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.state.BootId;
import org.pbxha.agent.state.DurableState;
import org.pbxha.agent.state.NodeState;

/** Events as the agent has them. */
class EventsTest {
    private static final String LEAST =
            "role: slave\nprofile: xivo\nnode: {address: 192.0.2.12}\npeer: {address: 192.0.2.11}\n";
    private static final String TARGET = "events: {target: 'jdbc:postgresql://127.0.0.1:1/reports'}\n";

    @TempDir
    Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void nothingIsShippedUntilATargetIsNamed() throws Exception {
        try (Events events = events("")) {
            events.start();
            assertThat(events.status()).isNull();
        }
    }

    @Test
    void aDatabaseThatIsNotReachedIsSaidInTheStatus() throws Exception {
        try (Events events = events(TARGET + "database: {password-file: " + directory + "/none}\n")) {
            events.start();
            await().untilAsserted(() -> assertThat(events.status()).isNotNull().satisfies(status -> {
                assertThat(status.failingSince()).isNotNull();
                assertThat(status.problem())
                        .startsWith(
                                "this node's database: no connection: the password of the role pbx_ha cannot be read");
            }));
        }
    }

    @Test
    void troubleIsRememberedOverARestartOfTheAgent() throws Exception {
        Path alarm = directory.resolve("events-failed");
        try (Events events = events(TARGET)) {
            events.tell(true, "the target: no connection");
            assertThat(alarm).hasContent("the target: no connection");
            assertThat(Files.getPosixFilePermissions(alarm)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        try (Events events = events(TARGET)) {
            events.tell(false, "events are shipped again");
            assertThat(alarm).doesNotExist();
        }
        assertThat(told)
                .containsExactly(
                        "events-failed the target: no connection", "events-recovered events are shipped again");
        assertThat(directory.resolve("journal.jsonl")).content().contains("the target: no connection");
    }

    private Events events(String more) throws Exception {
        Path file = Files.writeString(directory.resolve("pbx-ha.yml"), LEAST + more);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        State standby = new State(ServiceState.STANDBY, 4, true, ServiceState.STANDBY);
        new DurableState(directory.resolve("state"))
                .write(new NodeState(Role.SLAVE, standby, BootId.current(), Instant.now(), 900, "stands by"));
        Node node = Node.load(new NodePaths(directory, directory, directory));
        return new Events(node, (event, text) -> told.add(event.directory() + " " + text));
    }
}
