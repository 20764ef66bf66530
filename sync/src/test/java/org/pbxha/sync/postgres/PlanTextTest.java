// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.sync.postgres.ReplicationPlan.Border;
import org.pbxha.sync.postgres.ReplicationPlan.Fate;
import org.pbxha.sync.postgres.ReplicationPlan.Obstacle;
import org.pbxha.sync.postgres.ReplicationPlan.Table;
import org.pbxha.sync.postgres.ReplicationPlan.Unmatched;

class PlanTextTest {
    private static final String LONG = "a_table_of_a_customer_with_the_longest_name_that_is_possible_63";

    @Test
    void showsEachTableAndThenWhatNeedsALook() {
        ReplicationPlan plan = new ReplicationPlan(
                "asterisk",
                "public",
                List.of(
                        new Table(LONG, Fate.REPLICATED, "", -1, true, 0),
                        new Table("alembic_version", Fate.COMPARED, "version table", 1, false, 8192),
                        new Table("cel", Fate.LEFT_ALONE, "call-records", 120_000, true, 34L << 20),
                        new Table("user", Fate.REPLICATED, "", 3, false, 49_152)),
                List.of(new Unmatched("support", Selection.Fate.LEAVE, List.of("monitoring"))),
                List.of(new Unmatched("call-records", Selection.Fate.LEAVE, List.of("call_log", "call_logd_*"))),
                Selection.Fate.REPLICATE,
                List.of(new Obstacle("far", "a foreign table")),
                List.of(new Border("stat_x", "user", "stat_x_fkey")),
                2);

        assertThat(String.join("\n", PlanText.lines(plan))).isEqualTo("""
                        database asterisk, schema public: 4 tables

                        TABLE            FATE        CATEGORY              ROWS      SIZE
                        a_table_of_a_customer_with_the_longest_name_that_is_possible_63
                                         replicated  no category              ?       0 B
                        alembic_version  compared    version table            1      8 kB
                        cel              left alone  call-records       ~120000     34 MB
                        user             replicated  no category              3     48 kB

                        WARNING: categories that match no table here; a table of theirs under another name gets another fate
                          support (leave): monitoring

                        Names that match nothing here, and need not (other versions have them):
                          call-records: call_log, call_logd_*

                        2 tables that no rule names are replicated:
                          a_table_of_a_customer_with_the_longest_name_that_is_possible_63, user

                        Not copied, or not as one might think:
                          far: a foreign table
                          2 large objects (pg_largeobject): they are not copied

                        Foreign keys between replicated tables and others; where a row would lose the one it refers to, the
                          copy is refused and nothing changes:
                          stat_x refers to user (stat_x_fkey)

                        Total: 2 replicated (about 3 rows, 48 kB); 1 left alone (about 120000 rows, 34 MB); 1 compared,
                          never copied (about 1 rows, 8 kB)""");
    }

    @Test
    void fitsAHundredColumnsWhateverTheNames() {
        List<Table> tables = IntStream.range(0, 99)
                .mapToObj(n -> new Table(
                        n % 2 == 0 ? "table_" + n : LONG.substring(0, 61) + n,
                        Fate.REPLICATED,
                        n % 3 == 0 ? "x".repeat(24) : "",
                        9_999_999_999L,
                        true,
                        1L << 40))
                .toList();
        ReplicationPlan plan = new ReplicationPlan(
                "a", "b", tables, List.of(), List.of(), Selection.Fate.LEAVE, List.of(), List.of(), 0);

        assertThat(PlanText.lines(plan)).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1 kB", "1536,1.5 kB", "49152,48 kB", "1503238554,1.4 GB"})
    void writesSizesForPeople(long bytes, String text) {
        assertThat(Bytes.text(bytes)).isEqualTo(text);
    }
}
