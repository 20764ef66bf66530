// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    @TempDir
    private Path directory;

    private final List<String> lines = new ArrayList<>();
    private Path socket;
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        socket = directory.resolve("control.sock");
        server = new ControlServer(
                socket,
                Map.of(
                        "echo",
                        (arguments, out) -> {
                            out.println("first");
                            out.println(String.join("+", arguments));
                            return 4;
                        },
                        "broken",
                        (arguments, out) -> {
                            throw new IllegalStateException("no luck");
                        }));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void linesAndExitCodeComeBack() throws IOException {
        assertThat(new ControlClient(socket).run("echo a b", lines::add)).isEqualTo(4);
        assertThat(lines).containsExactly("first", "a+b");
    }

    @Test
    void onlyTheOwnerMayOpenTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void aBrokenCommandIsAnErrorAndNotTheEnd() throws IOException {
        assertThat(new ControlClient(socket).run("broken", lines::add)).isEqualTo(ExitCode.FAILED);
        assertThat(lines).containsExactly("the agent failed: no luck; see journalctl -u pbx-ha");
        assertThat(new ControlClient(socket).run("echo", lines::add)).isEqualTo(4);
    }

    @Test
    void anUnknownCommandIsSaid() throws IOException {
        assertThat(new ControlClient(socket).run("dance", lines::add)).isEqualTo(ExitCode.FAILED);
        assertThat(lines).singleElement().asString().contains("does not know the command \"dance\"");
    }

    @Test
    void aStaleSocketIsReplacedAndAMissingOneSaysThatNoAgentRuns() throws IOException {
        server.close();

        assertThatThrownBy(() -> new ControlClient(socket).run("echo", lines::add))
                .isInstanceOf(AgentNotRunningException.class)
                .hasMessageContaining("systemctl status pbx-ha");
    }
}
