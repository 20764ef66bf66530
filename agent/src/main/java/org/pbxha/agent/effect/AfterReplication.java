// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.SyncException;
import org.pbxha.sync.postgres.Statistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows on the slave when a replication has changed something: new statistics for the planner, and the steps of the
 * profile for services that keep what they have read. Nobody waits for it, a takeover least of all.
 */
public final class AfterReplication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AfterReplication.class);

    private final Renewal renewal;
    private final Steps steps;
    private final Consumer<String> failures;
    private final Set<String> due = new TreeSet<>();
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "after-replication"));
    private @Nullable Future<?> run;

    /** Renews the planner's statistics of tables. */
    @FunctionalInterface
    interface Renewal {
        /** Returns when that is done; autovacuum does it some time when it fails. */
        void renew(Collection<String> tables) throws SyncException;
    }

    /** Carries out the steps of the profile. */
    @FunctionalInterface
    public interface Steps {
        /** Returns how it went; ends early when the thread is interrupted. */
        StepReport run();
    }

    /**
     * Nothing is due yet.
     *
     * @param failures hears which steps failed, and why
     */
    AfterReplication(Renewal renewal, Steps steps, Consumer<String> failures) {
        this.renewal = renewal;
        this.steps = steps;
        this.failures = failures;
    }

    /** That of a database. */
    public static AfterReplication of(NodeDatabase database, Steps steps, Consumer<String> failures) {
        return new AfterReplication(
                tables -> Statistics.renew(database, database.selection(), tables), steps, failures);
    }

    /** Does it for these tables; returns at once. */
    synchronized void changed(Collection<String> tables) {
        if (!tables.isEmpty()) {
            due.addAll(tables);
            run = worker.submit(this::run);
        }
    }

    /** Calls the steps off: services are about to start, and read everything anew. */
    synchronized void letGo() {
        if (run != null) {
            run.cancel(true);
        }
    }

    private synchronized Set<String> takeDue() {
        Set<String> tables = new TreeSet<>(due);
        due.clear();
        return tables;
    }

    private void run() {
        Set<String> tables = takeDue();
        if (tables.isEmpty()) {
            return;
        }
        try {
            renewal.renew(tables);
        } catch (SyncException e) {
            LOG.warn("the database's statistics are old until autovacuum comes: {}", e.getMessage());
        }
        String failed = steps.run().failures().stream()
                .map(failure -> failure.step().text() + ": " + failure.detail())
                .collect(Collectors.joining("; "));
        if (!failed.isEmpty()) {
            failures.accept("steps after the replication failed: " + failed);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
