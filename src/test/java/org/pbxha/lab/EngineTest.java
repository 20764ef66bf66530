// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

final class EngineTest {
    @Test
    void missingEngineSkipsOnADevelopersMachineAndSaysHowToStartOne() {
        assertThat(Engine.missing(false, "no docker"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("SKIPPED")
                .hasMessageContaining("no docker")
                .hasMessageContaining("ensure-engine");
    }

    @Test
    void missingEngineFailsWhereNobodyWouldNoticeASkip() {
        assertThat(Engine.missing(true, "no docker")).isInstanceOf(LabException.class);
    }
}
