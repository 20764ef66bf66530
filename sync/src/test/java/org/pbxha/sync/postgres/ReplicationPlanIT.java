// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.postgres.ReplicationPlan.Border;
import org.pbxha.sync.postgres.ReplicationPlan.Fate;
import org.pbxha.sync.postgres.ReplicationPlan.Obstacle;
import org.pbxha.sync.postgres.ReplicationPlan.Table;
import org.pbxha.sync.postgres.ReplicationPlan.Unmatched;
import org.pbxha.sync.postgres.Selection.Category;

class ReplicationPlanIT {
    private static final Selection SELECTION = new Selection(
            "public",
            Set.of(),
            List.of("alembic_version"),
            List.of(
                    new Category("call-records", List.of("cel", "call_log*"), Selection.Fate.LEAVE),
                    new Category("traces", List.of("fire*"), Selection.Fate.LEAVE),
                    new Category("support", List.of("monitoring"), Selection.Fate.LEAVE),
                    new Category("identity", List.of("infos"), Selection.Fate.REPLICATE)),
            Selection.Fate.REPLICATE);

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "usual", "newest"})
    void givesEveryTableAFateAndNamesWhatIsNotCopiedAndChangesNothing(String version) throws Exception {
        Database database = PgServer.of(version).database(Schema.EVERYTHING);
        database.run(Schema.MASTER_ROWS);
        database.run(
                "CREATE UNLOGGED TABLE scratch (n int)",
                "ALTER TABLE fired ADD COLUMN tenant int REFERENCES tenant (id)",
                "CREATE MATERIALIZED VIEW summary AS SELECT 1 AS n",
                "SELECT lo_create(0)");
        try (Connection connection = database.server().superuser(database.name())) {
            PgServer.execute(
                    connection,
                    "ALTER TABLE netiface OWNER TO postgres",
                    "GRANT ALL ON netiface TO asterisk",
                    "CREATE SCHEMA plugins",
                    "CREATE TABLE plugins.things (n int)");
        }
        Map<String, String> before = database.content();

        ReplicationPlan plan = ReplicationPlan.read(database.source(), SELECTION);

        assertThat(plan.tables())
                .extracting(Table::name)
                .contains("partitioned", "user Features", "child")
                .doesNotContain("partitioned_2024", "summary");
        assertThat(table(plan, "cel"))
                .extracting(Table::fate, Table::category)
                .containsExactly(Fate.LEFT_ALONE, "call-records");
        assertThat(table(plan, "alembic_version").fate()).isEqualTo(Fate.COMPARED);
        assertThat(table(plan, "staticsip"))
                .satisfies(table -> assertThat(table.fate()).isEqualTo(Fate.REPLICATED))
                .satisfies(table -> assertThat(table.category()).isEmpty())
                .satisfies(table -> assertThat(table.rows()).isEqualTo(50))
                .satisfies(table -> assertThat(table.bytes()).isPositive());
        assertThat(table(plan, "partitioned").rows()).isEqualTo(3);
        assertThat(table(plan, "partitioned").bytes()).isPositive();
        assertThat(plan.unmatchedCategories())
                .containsExactly(new Unmatched("support", Selection.Fate.LEAVE, List.of("monitoring")));
        assertThat(plan.unmatchedNames())
                .containsExactly(
                        new Unmatched("call-records", Selection.Fate.LEAVE, List.of("call_log*")),
                        new Unmatched("identity", Selection.Fate.REPLICATE, List.of("infos")));
        assertThat(plan.obstacles())
                .extracting(Obstacle::what)
                .containsExactly("netiface", "scratch", "summary", "schema plugins");
        assertThat(plan.borders()).containsExactly(new Border("fired", "tenant", "fired_tenant_fkey"));
        assertThat(plan.largeObjects()).isEqualTo(1);
        assertThat(PlanText.lines(plan)).allMatch(line -> line.length() <= 100);
        assertThat(database.content()).isEqualTo(before);
    }

    private static Table table(ReplicationPlan plan, String name) {
        return plan.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
