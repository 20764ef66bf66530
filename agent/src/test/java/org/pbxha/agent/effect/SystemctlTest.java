// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.sync.process.Outcome;

class SystemctlTest {

    /** The answer of systemd 262, for a running unit, one that does not exist, and one with a job. */
    @Test
    void readsTheStatesOfManyUnitsFromOneCall() throws Exception {
        String answer = """
                LoadState=loaded
                ActiveState=active
                SubState=running
                UnitFileState=enabled
                Job=
                ConditionResult=yes
                Result=success

                LoadState=not-found
                ActiveState=inactive
                SubState=dead
                UnitFileState=
                Job=
                ConditionResult=no
                Result=success

                LoadState=loaded
                ActiveState=activating
                SubState=start
                UnitFileState=disabled
                Job=812
                ConditionResult=yes
                Result=success
                """;
        Systemctl systemctl = new Systemctl(command -> {
            assertThat(command.argv())
                    .startsWith("/bin/systemctl", "show")
                    .endsWith("--", "a.service", "b.service", "c.service");
            return answer(0, answer);
        });

        Map<String, UnitState> states = systemctl.states(List.of("a.service", "b.service", "c.service"));

        assertThat(states)
                .containsEntry(
                        "a.service",
                        new UnitState("a.service", "loaded", "active", "running", "enabled", "success", true, false))
                .containsEntry(
                        "b.service",
                        new UnitState("b.service", "not-found", "inactive", "dead", "", "success", false, false))
                .containsEntry(
                        "c.service",
                        new UnitState("c.service", "loaded", "activating", "start", "disabled", "success", true, true));
    }

    @ParameterizedTest
    @CsvSource({"Job=,false", "Job=0,false", "Job=17,true", "X=1,false"})
    void knowsAJobInTheWordsOfEveryVersion(String line, boolean queued) throws Exception {
        Systemctl systemctl = new Systemctl(command -> answer(0, "ActiveState=inactive\n" + line + "\n"));

        assertThat(systemctl.states(List.of("a.service")).values())
                .extracting(UnitState::queued)
                .containsExactly(queued);
    }

    @Test
    void asksNothingAboutNoUnits() throws Exception {
        Systemctl systemctl = new Systemctl(command -> {
            throw new AssertionError(command.toString());
        });

        assertThat(systemctl.states(List.of())).isEmpty();
    }

    @Test
    void saysWhenSystemdDoesNotAnswer() {
        Systemctl hangs = new Systemctl(command -> new Outcome(137, "", "", true, Duration.ofSeconds(20)));
        Systemctl refuses = new Systemctl(command -> answer(1, "Failed to connect to bus: No such file or directory"));

        assertThatThrownBy(() -> hangs.states(List.of("a.service"))).hasMessageContaining("did not answer within 20 s");
        assertThatThrownBy(() -> refuses.states(List.of("a.service")))
                .hasMessageContaining("exit 1")
                .hasMessageContaining("connect to bus");
    }

    private static Outcome answer(int exit, String text) {
        return new Outcome(exit, text, "", false, Duration.ZERO);
    }
}
