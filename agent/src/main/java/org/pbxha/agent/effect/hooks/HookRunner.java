// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.journal.Journal;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.ExecutableCheck;
import org.pbxha.sync.process.ProcessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the administrator's hooks beside the cycle, one after the other: for events in a queue of its own, and for
 * questions in another, so that a mail that hangs delays no takeover. Nothing here throws at the caller or makes it wait.
 *
 * <p>Only what nobody but root can change is run ({@link ExecutableCheck}), without a shell and without arguments. Each
 * hook ends within its time limit, its children with it. The log has what it wrote; the journal one line a hook.
 */
public final class HookRunner implements AutoCloseable {
    /** How long a hook may run, and how long a question may stay open. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(HookRunner.class);
    private static final int WAITING_EVENTS = 32;
    private static final int WAITING_QUESTIONS = 4;
    private static final int OUTPUT_LIMIT = 4096;
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final HookDirectory directory;
    private final Duration limit;
    private final Journal journal;
    private final ThreadPoolExecutor events = worker("hooks", WAITING_EVENTS);
    private final ThreadPoolExecutor questions = worker("hook-questions", WAITING_QUESTIONS);

    /**
     * A runner that has nothing to do yet.
     *
     * @param directory holds one directory for each event; neither need exist
     * @param limit how long a hook may run, usually {@link #LIMIT}; all hooks of a question together may take as long
     */
    public HookRunner(Path directory, Duration limit, Journal journal) {
        this.directory = new HookDirectory(directory);
        this.limit = limit;
        this.journal = journal;
    }

    /** Runs the hooks of an event that has happened, after those of the events before it. Too many events are dropped and said. */
    public void fire(HookEvent event, HookFacts facts) {
        if (event.veto()) {
            throw new IllegalArgumentException(event + " is a question: ask it");
        }
        try {
            events.execute(() -> guarded(event, () -> run(event, facts)));
        } catch (RejectedExecutionException e) {
            drop(event, facts);
        }
    }

    /** Whether there are hooks for an event. */
    public boolean any(HookEvent event) {
        return !directory.hooks(event).isEmpty();
    }

    /**
     * Asks the hooks whether something may happen. Exit code 1 says no, and the hooks after it are not run. Everything
     * else that is not 0 is a broken hook, which is said and has no say. Without hooks the answer is there at once.
     */
    public Veto ask(HookEvent event, HookFacts facts) {
        if (!event.veto()) {
            throw new IllegalArgumentException(event + " is no question: fire it");
        }
        Veto veto = new Veto(event, limit);
        List<Path> hooks = directory.hooks(event);
        if (hooks.isEmpty()) {
            veto.allow();
            return veto;
        }
        try {
            questions.execute(() -> guarded(event, () -> ask(event, hooks, facts, veto)));
        } catch (RejectedExecutionException e) {
            drop(event, facts);
            veto.allow();
        }
        return veto;
    }

    /**
     * Runs the hooks of an event on the thread of the caller, until one does not end with exit code 0.
     *
     * @param time that all of them have together
     * @return what went wrong, empty when every hook succeeded
     */
    public Optional<String> runAll(HookEvent event, HookFacts facts, Duration time) throws InterruptedException {
        List<Path> hooks = directory.hooks(event);
        long end = System.nanoTime() + time.toNanos();
        for (Path hook : hooks) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                return Optional.of(name(event, hook) + ": there was no time left for it");
            }
            HookResult result = run(hook, event, facts, left);
            if (!result.succeeded()) {
                LOG.warn("hook {}", result.fullText());
                return Optional.of(result.text());
            }
            LOG.info("hook {}", result.fullText());
        }
        return hooks.isEmpty() ? Optional.of(nothing(event)) : Optional.empty();
    }

    /** Why the hooks of an event could not be run now; empty when they could. None is run. */
    public Optional<String> whyNotRunnable(HookEvent event) {
        List<Path> hooks = directory.hooks(event);
        for (Path hook : hooks) {
            try {
                ExecutableCheck.require(hook);
            } catch (ProcessException e) {
                return Optional.of(e.getMessage() + ". " + e.hint());
            }
        }
        return hooks.isEmpty() ? Optional.of(nothing(event)) : Optional.empty();
    }

    private static String nothing(HookEvent event) {
        return "there is no program in hooks.d/" + event.directory();
    }

    private void run(HookEvent event, HookFacts facts) throws InterruptedException {
        for (Path hook : directory.hooks(event)) {
            HookResult result = run(hook, event, facts, limit);
            if (result.succeeded()) {
                LOG.info("hook {}", result.fullText());
            } else {
                LOG.warn("hook {}", result.fullText());
            }
        }
    }

    private void ask(HookEvent event, List<Path> hooks, HookFacts facts, Veto veto) throws InterruptedException {
        try {
            for (Path hook : hooks) {
                Duration left = veto.timeLeft();
                if (left.isZero()) {
                    LOG.warn("hook {} is not run: there was no time left for it", name(event, hook));
                    continue;
                }
                HookResult result = run(hook, event, facts, left);
                if (result.saysNo()) {
                    boolean inTime = veto.forbid(result.objection());
                    LOG.warn("hook {}; it says no{}", result.fullText(), inTime ? "" : ", but too late");
                    return;
                }
                if (result.succeeded()) {
                    LOG.info("hook {}", result.fullText());
                } else {
                    LOG.warn("hook {}; only exit 1 says no, so it has no say", result.fullText());
                }
            }
        } finally {
            veto.allow();
        }
    }

    /** Runs one hook and writes its line in the journal. */
    private HookResult run(Path hook, HookEvent event, HookFacts facts, Duration time) throws InterruptedException {
        Command command =
                new Command(List.of(hook.toString()), facts.environment(event), time, OUTPUT_LIMIT, facts.json(event));
        String name = name(event, hook);
        HookResult result;
        try {
            result = HookResult.ended(name, ProgramRunner.REAL.run(command));
        } catch (ProcessException e) {
            result = HookResult.refused(name, e);
        } catch (InterruptedException e) {
            note(facts, name + ": ended with the agent");
            throw e;
        }
        note(facts, result.text());
        return result;
    }

    /** A worker must live on, whatever goes wrong in a task. */
    private static void guarded(HookEvent event, Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.info("the hooks of {} end with the agent", event.directory());
        } catch (RuntimeException e) {
            LOG.error("the hooks of {} broke off", event.directory(), e);
        }
    }

    private void drop(HookEvent event, HookFacts facts) {
        if (events.isShutdown()) {
            return;
        }
        String text = event.directory() + ": its hooks are not run, because too many wait already";
        LOG.warn("{}; look for a hook that hangs: pbx-ha history", text);
        note(facts, text);
    }

    private void note(HookFacts facts, String text) {
        journal.note("hook", facts.service(), facts.epoch(), text);
    }

    private static String name(HookEvent event, Path hook) {
        return event.directory() + "/" + hook.getFileName();
    }

    private static ThreadPoolExecutor worker(String name, int waiting) {
        return new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> new Thread(task, name));
    }

    /** Ends the hooks under way at once, their children with them; those that wait are forgotten. */
    @Override
    public void close() {
        events.shutdownNow();
        questions.shutdownNow();
        try {
            long end = System.nanoTime() + CLOSING.toNanos();
            for (ThreadPoolExecutor worker : List.of(events, questions)) {
                if (!worker.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("a hook does not end; systemd ends it with the agent");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }
}
