// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.effect.RepairProgress.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs this node's Asterisk by a restart, beside the cycle: a few tries within a fixed time. Tries are forgotten only after
 * Asterisk has served for long without interruption, or when this node serves no more; so a crash loop uses them up. An
 * agent that starts anew has forgotten them. When all are used up and nobody takes telephony over, there is one more from time
 * to time: a disk that was full may have room again.
 */
public final class AsteriskRepair implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsteriskRepair.class);

    private final RepairTry attempt;
    private final RepairLimits limits;
    private final Pace pace;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "repair"));
    // All below belong to the lock of this object, which is held for moments only.
    private Phase phase = Phase.IDLE;
    private int tries;
    private int runs;
    private long startNanos;
    /** When the phase became EXHAUSTED; without meaning in any other phase. */
    private long exhaustedNanos;

    private Duration spent = Duration.ZERO;
    private @Nullable Long servingSince;
    private @Nullable Future<?> run;

    /**
     * A repair that has nothing to do yet.
     *
     * @param unit the unit of Asterisk, "asterisk.service"
     * @param answers whether Asterisk answers SIP now; must not block
     */
    public AsteriskRepair(ProgramRunner programs, String unit, Supplier<Boolean> answers, RepairLimits limits) {
        this(programs, unit, answers, limits, Pace.REAL);
    }

    AsteriskRepair(ProgramRunner programs, String unit, Supplier<Boolean> answers, RepairLimits limits, Pace pace) {
        this.attempt = new RepairTry(programs, unit, answers, pace);
        this.limits = limits;
        this.pace = pace;
    }

    /**
     * Asks for a run; returns at once, and does nothing while one is under way. Without tries left the phase is EXHAUSTED.
     *
     * @param hung whether the process is there and does not react: it is killed first. A second try always kills.
     */
    public synchronized void repair(boolean hung) {
        if (phase == Phase.RUNNING) {
            return;
        }
        servingSince = null;
        if (tries >= limits.tries()) {
            if (phase != Phase.EXHAUSTED) {
                LOG.error("Asterisk was repaired {} times and failed again", tries);
                phase = Phase.EXHAUSTED;
                exhaustedNanos = pace.nanoTime();
            }
            return;
        }
        phase = Phase.RUNNING;
        startNanos = pace.nanoTime();
        runs++;
        int number = runs;
        run = worker.submit(() -> work(number, hung));
    }

    /** Says whether Asterisk serves; called each cycle. After long service the tries are forgotten, after long failure there is one more. */
    public synchronized void observe(boolean serving) {
        long now = pace.nanoTime();
        if (!serving) {
            servingSince = null;
            if (phase == Phase.EXHAUSTED
                    && now - exhaustedNanos >= limits.again().toNanos()) {
                LOG.info("the repair of Asterisk may try once more");
                tries = limits.tries() - 1;
                phase = Phase.IDLE;
            }
        } else if (servingSince == null) {
            servingSince = now;
        } else if (phase != Phase.RUNNING
                && tries > 0
                && now - servingSince >= limits.health().toNanos()) {
            LOG.info(
                    "Asterisk has served for {} min; its repairs are forgotten",
                    limits.health().toMinutes());
            tries = 0;
            spent = Duration.ZERO;
            phase = Phase.IDLE;
        }
    }

    /** Stops the run that is under way, also the program it waits for, and forgets all tries: this node does not serve. */
    public synchronized void forget() {
        if (phase == Phase.RUNNING && run != null) {
            run.cancel(true);
        }
        phase = Phase.IDLE;
        tries = 0;
        spent = Duration.ZERO;
    }

    /** Where it stands; never blocks. */
    public synchronized RepairProgress progress() {
        return new RepairProgress(phase, tries, phase == Phase.RUNNING ? sinceStart() : spent);
    }

    private void work(int number, boolean hung) {
        try {
            boolean answers = false;
            while (!answers && beginTry(number)) {
                answers = attempt.run(hung || tries() > 1, share());
            }
            finish(number, answers ? Phase.DONE : Phase.EXHAUSTED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the repair of Asterisk broke off", e);
            finish(number, Phase.EXHAUSTED);
        }
    }

    /** Counts a try, unless this run was stopped or there is nothing left to try with. */
    private synchronized boolean beginTry(int number) {
        if (!isCurrent(number) || tries >= limits.tries() || sinceStart().compareTo(limits.budget()) >= 0) {
            return false;
        }
        tries++;
        LOG.warn("Asterisk is restarted: try {} of {}", tries, limits.tries());
        return true;
    }

    private synchronized int tries() {
        return tries;
    }

    /** The rest of the time, in equal parts for this try and those after it. */
    private synchronized Duration share() {
        return limits.budget().minus(sinceStart()).dividedBy(1L + limits.tries() - tries);
    }

    private synchronized void finish(int number, Phase result) {
        if (!isCurrent(number)) {
            return;
        }
        end(result);
        if (result == Phase.DONE) {
            LOG.info("Asterisk answers again after {} ms", spent.toMillis());
        } else {
            LOG.error("Asterisk does not answer after {} tries in {} ms", tries, spent.toMillis());
        }
    }

    private void end(Phase result) {
        spent = sinceStart();
        phase = result;
        exhaustedNanos = pace.nanoTime();
    }

    private boolean isCurrent(int number) {
        return phase == Phase.RUNNING && number == runs;
    }

    private Duration sinceStart() {
        return Duration.ofNanos(pace.nanoTime() - startNanos);
    }

    @Override
    public void close() {
        forget();
        worker.shutdownNow();
    }
}
