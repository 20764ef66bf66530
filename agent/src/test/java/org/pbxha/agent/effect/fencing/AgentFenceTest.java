// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.config.FencingMethod;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

class AgentFenceTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HookFacts FACTS =
            new HookFacts(Role.SLAVE, ServiceState.STANDBY, 7, "10.0.0.12", "10.0.0.11", 327, "silent");
    private static final FencingMethod METHOD = new FencingMethod(FencingMethod.Kind.AGENT, "fence_ipmilan:pdu");

    @TempDir
    private Path directory;

    private final List<Command> ran = new ArrayList<>();
    private Outcome outcome = new Outcome(0, "", "", false, Duration.ZERO);
    private AgentFence fence = new AgentFence(METHOD, Path.of("/"), command -> outcome);

    @BeforeEach
    void configure() throws Exception {
        Path file = Files.writeString(directory.resolve("fence_ipmilan:pdu.conf"), "ip=10.0.0.9\npassword=geheim\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        fence = new AgentFence(METHOD, directory, command -> {
            ran.add(command);
            return outcome;
        });
    }

    @Test
    void givesThePasswordOnStandardInputOnly() throws Exception {
        assertThat(fence.fence(FACTS, LIMIT)).isEqualTo("the power is off");

        assertThat(ran).singleElement().satisfies(command -> {
            assertThat(command.argv()).containsExactly("/usr/sbin/fence_ipmilan");
            assertThat(command.stdin()).isEqualTo("ip=10.0.0.9\npassword=geheim\naction=off\n");
            assertThat(command.environment()).isEmpty();
            assertThat(command.timeLimit()).isEqualTo(LIMIT);
        });
    }

    @Test
    void quotesAnAgentThatFailsWithoutItsSecrets() {
        outcome = new Outcome(1, "", "login with geheim at 10.0.0.9 failed\n", false, Duration.ZERO);

        assertThatThrownBy(() -> fence.fence(FACTS, LIMIT))
                .isInstanceOf(FenceException.class)
                .hasMessage("exit 1: login with *** at *** failed");
    }

    @Test
    void doesNotBelieveAnAgentThatRanOutOfTime() {
        outcome = new Outcome(0, "", "", true, LIMIT);

        assertThatThrownBy(() -> fence.fence(FACTS, LIMIT)).hasMessageStartingWith("timed out");
    }

    @Test
    void checksByAskingForTheStatus() throws Exception {
        assertThat(fence.check(LIMIT)).isEqualTo("the device answers that the machine is on");
        assertThat(ran.get(0).stdin()).endsWith("action=status\n");

        outcome = new Outcome(2, "Status: OFF", "", false, Duration.ZERO);
        assertThatThrownBy(() -> fence.check(LIMIT)).hasMessageContaining("the machine is OFF");
    }

    @Test
    void saysWhatIsWrongWithItsOptions() throws Exception {
        Files.setPosixFilePermissions(
                directory.resolve("fence_ipmilan:pdu.conf"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> fence.fence(FACTS, LIMIT)).hasMessageContaining("chmod 600");
        assertThat(ran).isEmpty();
    }
}
