// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question to hooks, and what they say so far. The first answer stays. Silence is no objection: when the time is over
 * the answer is yes, because a hook that hangs must not keep calls from being answered.
 */
public final class Veto {
    private static final Logger LOG = LoggerFactory.getLogger(Veto.class);
    private static final Answer PENDING = new Answer(Phase.PENDING, "");
    private static final Answer ALLOWED = new Answer(Phase.ALLOWED, "");

    /** Where the question stands. */
    public enum Phase {
        /** No answer yet; ask again. */
        PENDING,
        /** No hook says no. */
        ALLOWED,
        /** A hook says no. */
        VETOED
    }

    /**
     * What the hooks say.
     *
     * @param reason of a veto the hook and the first line it wrote, one line; empty otherwise
     */
    public record Answer(Phase phase, String reason) {}

    private final HookEvent event;
    private final long deadlineNanos;
    private Answer answer = PENDING;

    Veto(HookEvent event, Duration limit) {
        this.event = event;
        this.deadlineNanos = System.nanoTime() + limit.toNanos();
    }

    /** The answer at this moment; never blocks. */
    public Answer poll() {
        if (timeLeft().isZero() && settle(ALLOWED)) {
            LOG.warn("the hooks of {} did not answer in time; it is allowed", event.directory());
        }
        return answer();
    }

    /** How long hooks may still take; zero when the time is over. */
    Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    void allow() {
        settle(ALLOWED);
    }

    /** Returns false when the answer has been given already. */
    boolean forbid(String reason) {
        return settle(new Answer(Phase.VETOED, reason));
    }

    private synchronized Answer answer() {
        return answer;
    }

    private synchronized boolean settle(Answer settled) {
        boolean open = answer.phase() == Phase.PENDING;
        answer = open ? settled : answer;
        return open;
    }
}
