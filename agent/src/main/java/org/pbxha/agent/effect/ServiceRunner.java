// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.StepsProgress;
import org.pbxha.agent.core.StepsProgress.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs start and stop steps beside the cycle, one run at a time. An action in the other direction stops the run at its
 * next step; a failed run is due again after a pause.
 */
public final class ServiceRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRunner.class);
    private static final long RETRY_NANOS = Duration.ofSeconds(10).toNanos();

    /** Carries out all steps towards a service state. */
    @FunctionalInterface
    public interface Steps {
        /**
         * Runs them; returns early when the thread is interrupted.
         *
         * @param epoch the epoch to which the run belongs
         * @return whether all that is required was reached
         */
        boolean run(ServiceState towards, long epoch);
    }

    private final Steps steps;
    private final LongSupplier nanoTime;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "services"));
    private volatile StepsProgress progress = StepsProgress.idle();
    private volatile long failedNanos;
    private @Nullable Future<?> run;

    /** A runner that has nothing to do yet. */
    public ServiceRunner(Steps steps, LongSupplier nanoTime) {
        this.steps = steps;
        this.nanoTime = nanoTime;
    }

    /** Where the last run stands; never blocks. */
    public StepsProgress progress() {
        StepsProgress now = progress;
        boolean due = now.phase() == Phase.FAILED && nanoTime.getAsLong() - failedNanos >= RETRY_NANOS;
        return due ? new StepsProgress(now.towards(), Phase.IDLE) : now;
    }

    /** Starts a run; called by the cycle only. */
    public void start(ServiceState towards, long epoch) {
        if (run != null) {
            run.cancel(true);
        }
        progress = new StepsProgress(towards, Phase.RUNNING);
        run = worker.submit(() -> finish(towards, attempt(towards, epoch)));
    }

    private boolean attempt(ServiceState towards, long epoch) {
        try {
            return steps.run(towards, epoch);
        } catch (RuntimeException e) {
            LOG.error("the steps towards {} broke off; they are repeated", towards, e);
            return false;
        }
    }

    /** A run that was overtaken by one in the other direction has nothing more to say. */
    private void finish(ServiceState towards, boolean complete) {
        if (Thread.currentThread().isInterrupted() || progress.towards() != towards) {
            return;
        }
        failedNanos = nanoTime.getAsLong();
        progress = new StepsProgress(towards, complete ? Phase.DONE : Phase.FAILED);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
