// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/** What both nodes write of their calls arrives in the reporting database, each row once. */
@Lab
final class EventsST extends Scenario {
    private static final int ROWS = 500;

    private static Reporting reporting;

    @BeforeAll
    static void shipToTheReportingDatabase(Pair pair) {
        reporting = Reporting.on(ProductPair.of(pair));
    }

    @BeforeEach
    void allHasArrived(Pair pair) {
        awaitAll(pair);
    }

    @Test
    void eventsOfEitherNodeArriveOnce(Pair pair) {
        pair.nodes().forEach(node -> write(node, ROWS));
        awaitAll(pair);
        for (Node node : pair.nodes()) {
            assertThat(ProductPair.of(pair)
                            .status(node)
                            .path("events")
                            .path("rows")
                            .asInt(-1))
                    .isZero();
        }
    }

    @Test
    void nothingIsLostOrDoubledWhenTheAgentIsKilled(Pair pair) {
        for (int kill = 0; kill < 3; kill++) {
            write(pair.master(), ROWS);
            pair.master().killAgent();
            write(pair.master(), ROWS);
        }
        awaitAll(pair);
    }

    @Test
    void eventsWaitForAReportingDatabaseThatIsDown(Pair pair) {
        pair.expectError("the local database does not answer");
        pair.expectError("target");
        reporting.host().killDatabase();
        write(pair.master(), ROWS);
        await("the master says that shipping fails")
                .until(() -> !ProductPair.of(pair)
                        .status(pair.master())
                        .path("events")
                        .path("problem")
                        .asText("")
                        .isEmpty());
        reporting.host().startDatabase();
        awaitAll(pair);
    }

    @Test
    void theSlaveShipsWhatItWritesWhileItServes(Pair pair) {
        pair.master().powerOff();
        ProductPair.of(pair).awaitSip(pair.slave());
        write(pair.slave(), ROWS);
        awaitAll(pair.slave());
        pair.master().powerOn();
        ProductPair.of(pair).awaitHealthy();
        awaitAll(pair);
    }

    private static void write(Node node, int rows) {
        node.sql(
                "INSERT INTO queue_log (time, callid, queuename, event) SELECT now()::text::varchar(26), g, 'sales', 'JOIN'"
                        + " FROM generate_series(1, " + rows + ") g");
    }

    private static void awaitAll(Pair pair) {
        pair.nodes().forEach(EventsST::awaitAll);
    }

    private static void awaitAll(Node node) {
        for (String table : new String[] {"queue_log", "cel"}) {
            String ours = node.sql("SELECT count(*), sum(id) FROM " + table);
            await("the rows of " + table + " of " + node.name())
                    .until(() -> reporting
                            .sql("SELECT count(*), sum(id) FROM pbx_events." + table + " WHERE node = '" + node.name()
                                    + "'")
                            .equals(ours));
        }
    }
}
