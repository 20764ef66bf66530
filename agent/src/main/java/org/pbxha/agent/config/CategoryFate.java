// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What replication does with the tables of one category, as {@code replication.categories} says it: {@code dhcp=leave}.
 *
 * @param category its name in the profile
 */
public record CategoryFate(String category, Fate fate) {
    /** The type of one of them. */
    static final ValueType<CategoryFate> TYPE =
            new ValueType.Single<>("CATEGORY=replicate or CATEGORY=leave", CategoryFate::parse, CategoryFate::text);

    /** What happens to the tables of a category. */
    public enum Fate {
        /** The slave's rows become the master's. */
        REPLICATE,
        /** Each node keeps its own. */
        LEAVE;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static CategoryFate parse(String text) throws BadValueException {
        int sign = text.lastIndexOf('=');
        String category = text.substring(0, Math.max(0, sign)).strip();
        String word = text.substring(sign + 1).strip();
        for (Fate fate : Fate.values()) {
            if (fate.word().equals(word) && !category.isEmpty()) {
                return new CategoryFate(category, fate);
            }
        }
        List<String> words = Arrays.stream(Fate.values()).map(Fate::word).collect(Collectors.toList());
        throw new BadValueException(
                "must be a category and what happens to it, such as dhcp=leave",
                sign < 0 ? "" : Spelling.didYouMean(word, words));
    }

    private String text() {
        return category + "=" + fate.word();
    }
}
