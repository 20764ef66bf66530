// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.setup.Undo.Memory;
import org.pbxha.sync.postgres.DatabaseFacts;

class DatabaseRoleChangeTest {
    private static final DatabaseFacts FACTS =
            new DatabaseFacts(130016, "UTF8", List.of(new DatabaseFacts.Relation("staticsip", "asterisk", false)));

    private final FakeNode node = new FakeNode();
    private final Psql psql = new Psql(node.programs(), 5432, "asterisk");
    private final DatabaseRoleChange change = new DatabaseRoleChange(psql, "127.0.0.1", "pbx_ha", FACTS, "secret");

    @Test
    void makesARoleThatCanLogIn() throws Exception {
        assertThat(change.isDone()).isFalse();
        change.apply();
        assertThat(change.isDone()).isTrue();
        assertThat(node.postgres.lets("pbx_ha", "secret")).isTrue();
        assertThat(node.postgres.roles.get("pbx_ha"))
                .startsWith("SCRAM-SHA-256$")
                .doesNotContain("secret");
    }

    @Test
    void setsThePasswordOfARoleThatHasAnotherOne() throws Exception {
        node.postgres.roles.put("pbx_ha", "forgotten");
        assertThat(change.isDone()).isFalse();
        change.apply();
        assertThat(change.isDone()).isTrue();
    }

    @Test
    void removesARoleThatItMade() throws Exception {
        Map<String, String> before = change.before();
        change.apply();
        String said = DatabaseRoleChange.undo(node.programs()).undo("pbx_ha", new Memory(before, Set.of("")));
        assertThat(said).isEqualTo("database role pbx_ha: removed");
        assertThat(node.postgres.roles).doesNotContainKey("pbx_ha");
    }

    @Test
    void leavesARoleThatWasThereBefore() throws Exception {
        node.postgres.roles.put("pbx_ha", "theirs");
        Map<String, String> before = change.before();
        change.apply();
        DatabaseRoleChange.undo(node.programs()).undo("pbx_ha", new Memory(before, Set.of("")));
        assertThat(node.postgres.roles).containsKey("pbx_ha");
    }
}
