// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "500ms,500,500ms",
        "1500ms,1500,1500ms",
        "3s,3000,3s",
        "60s,60000,1m",
        "90s,90000,90s",
        "2h,7200000,2h",
        "0ms,0,0s"
    })
    void readsAndPrintsDurations(String written, long millis, String printed) throws Exception {
        assertThat(DurationText.parse(written)).isEqualTo(Duration.ofMillis(millis));
        assertThat(DurationText.print(Duration.ofMillis(millis))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "3 s", "3S", "1.5s", "-3s", "3d", "PT3S", "1234567890s"})
    void refusesOtherSpellings(String written) {
        assertThatThrownBy(() -> DurationText.parse(written)).hasMessage("is not a duration");
    }

    @Test
    void asksForTheUnit() {
        assertThatThrownBy(() -> DurationText.parse("3"))
                .isInstanceOfSatisfying(
                        BadValueException.class, e -> assertThat(e.suggestion()).isEqualTo("write 3ms, 3s, 3m or 3h"));
    }
}
