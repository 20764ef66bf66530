// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.sync.postgres.Selection.Category;
import org.pbxha.sync.postgres.Selection.Fate;

class SelectionTest {
    private static final List<Category> CATEGORIES = List.of(
            new Category("statistics", List.of("stat_*"), Fate.LEAVE),
            new Category("settings", List.of("stat_settings", "conf*"), Fate.REPLICATE));

    @ParameterizedTest
    @CsvSource({
        "stat_*, stat_agent, true",
        "stat_*, stat_, true",
        "stat_*, stats_conf, false",
        "stat_*, my_stat_agent, false",
        "*_log, queue_log, true",
        "call*log, call_logd_call_log, true",
        "a.c, abc, false",
        "a$*, a$b, true",
        "cel, cel, true",
        "cel, celery, false"
    })
    void aStarStandsForAnyLettersAndNothingElseIsSpecial(String pattern, String table, boolean matches) {
        assertThat(Selection.matches(pattern, table)).isEqualTo(matches);
    }

    @Test
    void aTablesOwnNameWinsOverAPattern() {
        Selection selection = of(Fate.REPLICATE);

        assertThat(selection.excludes("stat_agent")).isTrue();
        assertThat(selection.excludes("stat_settings")).isFalse();
        assertThat(selection.category("stat_settings").map(Category::name)).contains("settings");
    }

    @Test
    void aTableThatNoRuleNamesFollowsTheRuleForThose() {
        assertThat(of(Fate.REPLICATE).excludes("made_by_hand")).isFalse();
        assertThat(of(Fate.LEAVE).excludes("made_by_hand")).isTrue();
        assertThat(of(Fate.LEAVE).excludes("conf_sip")).isFalse();
        assertThat(of(Fate.LEAVE).names("made_by_hand")).isFalse();
    }

    @Test
    void aVersionTableIsNeverOverwritten() {
        assertThat(of(Fate.REPLICATE).excludes("alembic_version")).isTrue();
    }

    @Test
    void aSequenceFollowsItsTable() {
        assertThat(of(Fate.REPLICATE).excludesSequence("stat_agent_id_seq", "")).isTrue();
        assertThat(of(Fate.REPLICATE).excludesSequence("odd_name", "stat_agent"))
                .isTrue();
        assertThat(of(Fate.REPLICATE).excludesSequence("free_seq", "")).isFalse();
        assertThat(of(Fate.LEAVE).excludesSequence("conf_sip_id_seq", "")).isFalse();
        assertThat(of(Fate.LEAVE).excludesSequence("conf_sip_n_seq", "conf_sip"))
                .isFalse();
        assertThat(of(Fate.LEAVE).excludesSequence("free_seq", "")).isTrue();
    }

    private static Selection of(Fate unnamed) {
        return new Selection("public", Set.of(), List.of("alembic_version"), CATEGORIES, unnamed);
    }
}
