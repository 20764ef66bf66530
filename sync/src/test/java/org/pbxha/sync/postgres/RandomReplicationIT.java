// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas made by chance, between servers of the same version and between the oldest and the newest. */
class RandomReplicationIT {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void makesTheSlaveEqualRowByRow(long seed) throws Exception {
        replicate(seed, PgServer.usual(), PgServer.usual());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void fromTheOldestServerToTheNewest(long seed) throws Exception {
        replicate(seed, PgServer.oldest(), PgServer.newest());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void fromTheNewestServerToTheOldest(long seed) throws Exception {
        replicate(seed, PgServer.newest(), PgServer.oldest());
    }

    private static void replicate(long seed, PgServer from, PgServer to) throws Exception {
        RandomSchema schema = new RandomSchema(seed);
        Database master = fill(from, schema);
        Database slave = fill(to, schema);
        Map<String, String> before = slave.content();
        List<String> shape = slave.shape();
        assertThat(before).isNotEqualTo(master.content());

        Replication.run(master, slave, schema.selection());

        Map<String, String> expected = master.content();
        expected.replaceAll((relation, content) -> schema.excludes(relation) ? before.get(relation) : content);
        assertThat(slave.content()).isEqualTo(expected);
        assertThat(slave.shape()).isEqualTo(shape);
    }

    private static Database fill(PgServer server, RandomSchema schema) throws Exception {
        List<String> statements = new ArrayList<>(schema.tablesAndColumns());
        statements.addAll(schema.rows());
        statements.addAll(schema.references());
        return server.database(statements.toArray(String[]::new));
    }
}
