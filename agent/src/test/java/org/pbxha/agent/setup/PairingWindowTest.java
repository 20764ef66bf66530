// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.link.Fingerprint;
import org.pbxha.agent.link.PeerRefusal;

class PairingWindowTest {
    private final PairingCode code = PairingCode.generate(Fingerprint.parse("ab".repeat(32)));
    private long now = Long.MAX_VALUE - 5;
    private final PairingWindow window = new PairingWindow(code, () -> now);

    @Test
    void takesTheRightCodeAgainAndAgain() {
        for (int i = 0; i < 10; i++) {
            assertThatCode(() -> window.require(code.secret())).doesNotThrowAnyException();
        }
    }

    @Test
    void takesItUntilTheLastSecond() {
        pass(PairingWindow.OPEN_FOR.minusSeconds(1));
        assertThatCode(() -> window.require(code.secret())).doesNotThrowAnyException();
    }

    @Test
    void shutsAfterFifteenMinutesAndSaysSo() {
        pass(Duration.ofMinutes(15));
        PeerRefusal refusal = refusal(code.secret());
        assertThat(refusal).hasMessage("the code has expired: it was good for 15 minutes");
        assertThat(refusal.hint()).contains("pbx-ha setup slave");
        assertThat(window.left()).isZero();
        assertThat(window.usedUp()).isFalse();
    }

    @Test
    void countsWrongCodesAndShutsAfterFive() {
        for (int left = 4; left >= 0; left--) {
            assertThat(refusal("00".repeat(16))).hasMessageContaining("(" + left + " tries left)");
        }
        assertThat(window.usedUp()).isTrue();
        assertThat(window.left()).isZero();
        PeerRefusal refusal = refusal(code.secret());
        assertThat(refusal).hasMessageContaining("5 wrong ones were tried");
        assertThat(refusal.hint()).contains("pbx-ha setup slave");
    }

    @Test
    void theRightCodeDoesNotGiveTriesBack() {
        for (int i = 0; i < 4; i++) {
            refusal("");
        }
        assertThatCode(() -> window.require(code.secret())).doesNotThrowAnyException();
        assertThat(refusal("x")).hasMessageContaining("(0 tries left)");
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private PeerRefusal refusal(String secret) {
        return catchThrowableOfType(PeerRefusal.class, () -> window.require(secret));
    }
}
