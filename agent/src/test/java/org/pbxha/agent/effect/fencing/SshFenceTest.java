// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.sync.ssh.SshException;

class SshFenceTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final HookFacts FACTS =
            new HookFacts(Role.SLAVE, ServiceState.STANDBY, 7, "10.0.0.12", "10.0.0.11", 327, "silent");

    @Test
    void onlyTheOneWordIsAConfirmation() throws Exception {
        assertThat(answering("fence", "fenced").fence(FACTS, LIMIT))
                .isEqualTo("telephony is killed there and stays down");
        for (String answer : new String[] {"", "fenced?", "not fenced", "ready: asterisk.service"}) {
            assertThatThrownBy(() -> answering("fence", answer).fence(FACTS, LIMIT))
                    .isInstanceOf(FenceException.class)
                    .hasMessageContaining("answers \"" + answer + "\"");
        }
    }

    @Test
    void aCheckSaysWhatWouldBeStopped() throws Exception {
        assertThat(answering("check", "ready: asterisk.service").check(LIMIT))
                .isEqualTo("it would stop asterisk.service");
        assertThatThrownBy(() -> answering("check", "fenced").check(LIMIT)).isInstanceOf(FenceException.class);
    }

    @Test
    void aMasterThatIsNotReachedIsNotFenced() {
        SshFence fence = new SshFence((word, limit) -> {
            throw new SshException(SshException.Reason.UNREACHABLE, "root@10.0.0.11 port 22 cannot be reached", null);
        });

        assertThatThrownBy(() -> fence.fence(FACTS, LIMIT))
                .isInstanceOf(FenceException.class)
                .hasMessageContaining("cannot be reached. Check that the node is up");
    }

    private static SshFence answering(String expected, String answer) {
        return new SshFence((word, limit) -> {
            assertThat(word).isEqualTo(expected);
            assertThat(limit).isEqualTo(LIMIT);
            return answer;
        });
    }
}
