// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Moves units between two tables as fast as it can; their sum never changes. */
final class Writer implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private final CompletableFuture<Integer> done;
    private volatile boolean stop;

    Writer(Database database) {
        done = Async.run(() -> {
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                while (!stop) {
                    PgServer.execute(connection, "UPDATE left_side SET n = n - 1", "UPDATE right_side SET n = n + 1");
                    connection.commit();
                    count.incrementAndGet();
                }
            }
            return count.get();
        });
    }

    int count() {
        return count.get();
    }

    @Override
    public void close() {
        stop = true;
        done.join();
    }
}
