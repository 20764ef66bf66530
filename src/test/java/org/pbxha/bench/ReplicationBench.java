// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.util.List;
import org.pbxha.lab.Node;
import org.pbxha.product.ProductPair;

/** Replication beside pg_dump and psql, of tables of the size of a configuration, of a million rows, and of two gigabytes. */
final class ReplicationBench {
    private static final String FULL = "replicate.full_40mb";
    private static final String UNCHANGED = "replicate.unchanged";
    private static final String TEN = "replicate.ten_rows";
    private static final String LARGE = "replicate.full_2gb";
    private static final String MEMORY = "replicate.rss_mb";

    static final List<String> NAMES = List.of(FULL, UNCHANGED, TEN, LARGE, MEMORY);

    private static final int FEW_RUNS = 3;

    private final ProductPair product;
    private final Replicating replicating;
    private final List<String> names;
    private final Results results;

    /** Measures what is named on a healthy pair. */
    ReplicationBench(ProductPair product, List<String> names, Results results) {
        this.product = product;
        this.replicating = new Replicating(product);
        this.names = names;
        this.results = results;
    }

    void measure() {
        if (names.contains(FULL) || names.contains(UNCHANGED)) {
            List<String> tables = List.of("bench_1", "bench_2", "bench_3", "bench_4");
            tables.forEach(table -> replicating.table(table, 50_000));
            replicating.own();
            Samples dump = Bench.samples("pg_dump and psql, 40 MB", "s", FEW_RUNS, run -> replicating.byDump());
            Samples full = Bench.samples(FULL, "s", FEW_RUNS, run -> replicating.ownFull());
            results.add(new Measurement(FULL, "s", full, dump));
            Samples unchanged = Bench.samples(UNCHANGED, "s", FEW_RUNS, run -> replicating.own());
            results.add(new Measurement(UNCHANGED, "s", unchanged, dump));
            tables.forEach(replicating::dropTable);
        }
        if (names.contains(TEN)) {
            replicating.table("bench_million", 1_000_000);
            Samples full = Bench.samples("a full copy of a million rows", "s", 2, run -> replicating.ownFull());
            Samples ten = Bench.samples(TEN, "s", FEW_RUNS, run -> {
                replicating.changeTen("bench_million");
                return replicating.own();
            });
            results.add(new Measurement(TEN, "s", ten, full));
            replicating.dropTable("bench_million");
        }
        if (names.contains(LARGE) || names.contains(MEMORY)) {
            large();
        }
    }

    private void large() {
        String table = "bench_large";
        replicating.table(table, 10_000_000);
        Samples dump = Bench.samples("pg_dump and psql, 2 GB", "s", 1, run -> replicating.byDump());
        Samples full = Bench.samples(LARGE, "s", 1, run -> replicating.ownFull());
        results.add(new Measurement(LARGE, "s", full, dump));
        List<Node> nodes = product.pair().nodes();
        results.add(new Measurement(
                MEMORY,
                "MB",
                Bench.samples(MEMORY, "MB", nodes.size(), run -> new AgentProcess(nodes.get(run)).peakMegabytes()),
                null));
    }
}
