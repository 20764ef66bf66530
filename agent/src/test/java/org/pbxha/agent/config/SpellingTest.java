// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,acb,1", "abc,ab,1", "abc,abcd,1", "abc,axc,1", "'',abc,3", "kitten,sitting,3"})
    void countsTheLettersToChange(String a, String b, int distance) {
        assertThat(Spelling.distance(a, b)).isEqualTo(distance);
        assertThat(Spelling.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void suggestsTheNearestWord() {
        assertThat(Spelling.didYouMean("mastre", List.of("slave", "master"))).isEqualTo("did you mean master?");
    }

    @Test
    void suggestsNothingForSomethingElse() {
        assertThat(Spelling.didYouMean("primary", List.of("slave", "master"))).isEmpty();
    }
}
