// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The build gives these tests 128 MB of heap: a larger table passes only in a stream. */
class LargeTableIT {
    private static final Logger LOG = LoggerFactory.getLogger(LargeTableIT.class);
    private static final long HEAP = 150L * 1024 * 1024;

    @Test
    void movesATableLargerThanTheHeap() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(HEAP);
        Database master = PgServer.usual().database("CREATE TABLE big (id int PRIMARY KEY, words text)");
        Database slave = PgServer.usual().database("CREATE TABLE big (id int PRIMARY KEY, words text)");
        master.run("INSERT INTO big SELECT n, repeat(md5(n::text), 6) FROM generate_series(1, 1000000) n");

        ApplySummary summary = Replication.run(master, slave);

        assertThat(summary.rows()).isEqualTo(1_000_000);
        assertThat(slave.query("SELECT count(*), sum(hashtext(words)) FROM big"))
                .isEqualTo(master.query("SELECT count(*), sum(hashtext(words)) FROM big"));
        LOG.warn(
                "{} rows of 200 bytes in {} ms: {} rows/s",
                summary.rows(),
                summary.took().toMillis(),
                summary.rows() * 1000 / summary.took().toMillis());
    }

    @Test
    void movesASingleValueOfManyMegabytes() throws Exception {
        Database master = PgServer.usual().database("CREATE TABLE big (words text)");
        Database slave = PgServer.usual().database("CREATE TABLE big (words text)");
        master.run("INSERT INTO big SELECT repeat(md5('x'), 300000)");

        Replication.run(master, slave);

        assertThat(slave.query("SELECT md5(words) FROM big")).isEqualTo(master.query("SELECT md5(words) FROM big"));
    }
}
