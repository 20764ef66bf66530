// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work beside the test's own thread. */
final class Async {
    private Async() {}

    static <T> CompletableFuture<T> run(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "test-worker");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Waits until replication waits for a lock in this database. */
    static void awaitLockWait(Database database) {
        await().until(() -> !database.query(
                        "SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted"
                                + " AND a.datname = current_database() AND a.usename = 'pbx-ha'")
                .isEmpty());
    }
}
