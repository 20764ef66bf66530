// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pbxha.agent.testing.GoldenFile;

class OptionsTest {

    @Test
    void listsEveryDeclaredOptionOnce() throws IllegalAccessException {
        Set<Object> declared = new LinkedHashSet<>();
        for (var field : Options.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && field.getType() == Option.class) {
                declared.add(field.get(null));
            }
        }

        assertThat(Options.ALL)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(
                        declared.stream().map(o -> (Option<?>) o).toList());
        assertThat(Options.ALL)
                .extracting(Option::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[a-z]+(\\.[a-z-]+)?"));
    }

    @Test
    void keepsTheOptionsOfASectionTogether() {
        List<String> sections = Options.ALL.stream().map(Option::section).toList();

        long changes = Stream.iterate(1, i -> i < sections.size(), i -> i + 1)
                .filter(i -> !sections.get(i).equals(sections.get(i - 1)))
                .count();
        assertThat(changes + 1).isEqualTo(new LinkedHashSet<>(sections).size());
    }

    @ParameterizedTest
    @MethodSource("options")
    void explainsEachOption(Option<?> option) {
        assertThat(option.prose()).endsWith(".").hasSizeGreaterThan(20);
        assertThat(option.type().description()).isNotBlank();
        assertThat(option.required()
                        || option.fallback().isPresent()
                        || !option.fallbackProse().isBlank())
                .as("says what happens when it is not given")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("options")
    <T> void acceptsItsOwnDefault(Option<T> option) throws BadValueException {
        Optional<T> fallback = option.fallback();

        if (fallback.isPresent()) {
            assertThat(option.type().parse(option.type().show(fallback.get()))).isEqualTo(fallback.get());
        }
    }

    @Test
    void areDocumented() {
        GoldenFile.of("docs/configuration.md").assertIs(ConfigurationReference.markdown());
    }

    static List<Option<?>> options() {
        return Options.ALL;
    }
}
