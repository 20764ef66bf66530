// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.agent.link.Fingerprint;
import org.pbxha.agent.setup.PairingCode.BadCodeException;

class PairingCodeTest {
    private static final Fingerprint NODE = Fingerprint.parse("0123456789abcdef".repeat(4));
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final PairingCode code = PairingCode.generate(NODE);

    @Test
    void isFourteenGroupsOfFourWithoutAmbiguousLetters() {
        assertThat(code.text()).matches("([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}");
    }

    @Test
    void isReadBackWithItsSecretAndItsFingerprint() throws Exception {
        PairingCode read = PairingCode.parse(code.text());
        assertThat(read.secret()).isEqualTo(code.secret()).hasSize(32);
        assertThat(NODE.startsWith(read.fingerprint())).isTrue();
        assertThat(read.fingerprint()).hasSize(16);
    }

    @Test
    void doesNotCareForCaseSeparatorsAndLookAlikes() throws Exception {
        String sloppy = code.text()
                .toLowerCase(Locale.ROOT)
                .replace("-", " \t")
                .replace('0', 'o')
                .replace('1', 'l');
        assertThat(PairingCode.parse("  " + sloppy + "\r\n").secret()).isEqualTo(code.secret());
        assertThat(PairingCode.parse(code.text().replace("-", "").replace('1', 'I'))
                        .secret())
                .isEqualTo(code.secret());
    }

    @Test
    void everySingleWrongCharacterIsNoticed() {
        String text = code.text();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '-') {
                continue;
            }
            for (int d = 0; d < DIGITS.length(); d++) {
                char other = DIGITS.charAt(d);
                if (other != text.charAt(i)) {
                    String wrong = text.substring(0, i) + other + text.substring(i + 1);
                    assertThatThrownBy(() -> PairingCode.parse(wrong)).isInstanceOf(BadCodeException.class);
                }
            }
        }
    }

    @Test
    void twoSwappedGroupsAreNoticed() {
        String text = code.text();
        String swapped = text.substring(5, 10) + text.substring(0, 5) + text.substring(10);
        assertThatThrownBy(() -> PairingCode.parse(swapped)).hasMessageContaining("typing error");
    }

    @Test
    void missingCharactersAreCounted() {
        String cut = code.text().substring(0, code.text().length() - 3);
        assertThatThrownBy(() -> PairingCode.parse(cut))
                .hasMessage("the code has 56 letters and digits, this one has 53");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "\u0000", "ÄÖÜ", "--------"})
    void whatIsNoCodeIsSaidToBeNone(String typed) {
        assertThatThrownBy(() -> PairingCode.parse(typed)).isInstanceOf(BadCodeException.class);
    }

    @Test
    void neverShowsItsSecretInAMessage() {
        String wrong = code.text().substring(0, code.text().length() - 1) + "U";
        BadCodeException error = catchThrowableOfType(BadCodeException.class, () -> PairingCode.parse(wrong));
        assertThat(error.getMessage()).doesNotContain(code.text().substring(0, 4));
        assertThat(code.toString()).doesNotContain(code.secret()).doesNotContain(code.text());
    }

    @Test
    void neverComesTwice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(PairingCode.generate(NODE).secret())).isTrue();
        }
    }
}
