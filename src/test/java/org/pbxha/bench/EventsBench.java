// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.pbxha.lab.Node;
import org.pbxha.product.ProductPair;
import org.pbxha.product.Reporting;

/** How long an event takes from its commit to the reporting database. */
final class EventsBench {
    static final String LAG = "events.lag_seconds";

    private static final int RUNS = 10;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String EVENT =
            "INSERT INTO queue_log (time, callid, queuename, event) VALUES ('now', 'bench', 'sales', 'JOIN') RETURNING id";

    /** Asks until the row is there. */
    private static final String ARRIVED = """
            until [ "$(psql --no-psqlrc -AtX --command "SELECT 1 FROM pbx_events.queue_log WHERE node = '$1' AND id = $2" \
                reporting)" = 1 ]; do :; done
            """;

    private final Node master;
    private final Reporting reporting;

    /** Has the events of a healthy pair shipped. */
    EventsBench(ProductPair product) {
        this.master = product.master();
        this.reporting = Reporting.on(product);
        awaitAll();
    }

    void measure(Results results) {
        results.add(new Measurement(LAG, "s", Bench.samples(LAG, "s", RUNS, run -> lag()), null));
    }

    private double lag() {
        String id = master.sql(EVENT);
        long committed = System.nanoTime();
        reporting
                .host()
                .exec(
                        LIMIT,
                        "setpriv",
                        "--reuid=postgres",
                        "--regid=postgres",
                        "--init-groups",
                        "--reset-env",
                        "sh",
                        "-c",
                        ARRIVED,
                        "sh",
                        master.name(),
                        id)
                .orFail();
        return (System.nanoTime() - committed) / 1e9;
    }

    private void awaitAll() {
        String newest = master.sql("SELECT max(id) FROM queue_log");
        Awaitility.await("all events have arrived")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> reporting
                        .sql("SELECT max(id) FROM pbx_events.queue_log WHERE node = '" + master.name() + "'")
                        .equals(newest));
    }
}
