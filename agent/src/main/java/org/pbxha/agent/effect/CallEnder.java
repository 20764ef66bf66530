// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hangs up all calls of this node, beside the cycle. A call whose Asterisk just goes away behind a closed firewall would stay up
 * on the phones, with silence in it.
 */
public final class CallEnder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallEnder.class);
    private static final Command HANG_UP =
            Command.of(Duration.ofSeconds(2), "/usr/sbin/asterisk", "-rx", "channel request hangup all");

    private final ProgramRunner programs;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "hang-up"));
    private final AtomicBoolean busy = new AtomicBoolean();

    /** One that has hung up nothing yet. */
    public CallEnder(ProgramRunner programs) {
        this.programs = programs;
    }

    /** Asks Asterisk to end its calls; returns at once, and does nothing while a request is under way. */
    public void hangUp() {
        if (busy.compareAndSet(false, true)) {
            worker.execute(this::ask);
        }
    }

    private void ask() {
        try {
            Outcome outcome = programs.run(HANG_UP);
            if (outcome.succeeded()) {
                LOG.info("calls are hung up");
            } else {
                LOG.warn("{} failed (exit {}): {}", HANG_UP, outcome.exitCode(), outcome.complaint());
            }
        } catch (ProcessException e) {
            LOG.warn("calls could not be hung up: {}; {}", e.getMessage(), e.hint());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.set(false);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
