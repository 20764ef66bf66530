// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pbxha.ami.AmiException.Kind;

class LoginRetryTest {
    private final LoginRetry retry = new LoginRetry(Duration.ofSeconds(1));

    @Test
    void waitsLongerEachTimeUpToFifteenSeconds() {
        assertThat(IntStream.range(0, 7)
                        .mapToLong(i -> retry.after(Kind.TIMEOUT).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 15L, 15L, 15L);
    }

    @Test
    void beginsAgainAfterAnAnswer() {
        retry.after(Kind.LOST);
        retry.after(Kind.LOST);
        retry.reset();
        assertThat(retry.after(Kind.LOST)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void doesNotProvokeFail2banWithABadAccount() {
        assertThat(retry.after(Kind.ACCOUNT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(retry.after(Kind.ACCOUNT)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void looksEverySecondForAnAsteriskThatIsDown() {
        assertThat(IntStream.range(0, 20)
                        .mapToLong(i -> retry.after(Kind.REFUSED).toSeconds()))
                .containsOnly(1L);
    }
}
