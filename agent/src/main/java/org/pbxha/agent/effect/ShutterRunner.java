// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.effect.PacketFilter.Trace;
import org.pbxha.agent.effect.ShutterReading.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the shutter as wanted, beside the cycle: acts at once on a new wish, each second while the firewall is not as wanted,
 * and looks every few seconds whether it still is, because other programs flush whole firewalls. A kill between two steps is
 * harmless: the first wish after a start is always carried out, whatever is there.
 */
public final class ShutterRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShutterRunner.class);
    private static final int TURN_SECONDS = 1;
    private static final int TURNS_BETWEEN_LOOKS = 5;

    private final SipShutter shutter;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "shutter"));
    private volatile @Nullable State wanted;
    private volatile Runnable settling = () -> {};
    private volatile ShutterReading reading = new ShutterReading(State.UNKNOWN, "");
    /** The worker's own. */
    private @Nullable State reached;

    private int turnsSinceLook;

    /** A runner that touches nothing before the first wish. */
    public ShutterRunner(SipShutter shutter) {
        this.shutter = shutter;
        var unused = worker.scheduleWithFixedDelay(this::turn, TURN_SECONDS, TURN_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Says how the shutter is to be; called each cycle, returns at once.
     *
     * @param state OPEN or CLOSED
     */
    public void accept(State state) {
        if (state == State.UNKNOWN) {
            throw new IllegalArgumentException("nobody can want a shutter that is neither open nor closed");
        }
        if (state != wanted) {
            wanted = state;
            worker.execute(this::turn);
        }
    }

    /** Has this called, on a thread of its own, when the firewall has become as wanted. */
    public void onSettled(Runnable listener) {
        settling = listener;
    }

    /** What was last seen; never blocks. */
    public ShutterReading reading() {
        return reading;
    }

    private void turn() {
        State goal = wanted;
        if (goal == null) {
            return;
        }
        try {
            boolean settled = goal == reached && reading.state() == goal;
            if (settled && ++turnsSinceLook < TURNS_BETWEEN_LOOKS) {
                return;
            }
            pursue(goal, settled);
        } catch (ShutterException e) {
            say(State.UNKNOWN, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the SIP shutter failed and is tried again", e);
            say(State.UNKNOWN, "the SIP shutter failed: " + e);
        }
    }

    private void pursue(State goal, boolean settled) throws ShutterException, InterruptedException {
        turnsSinceLook = 0;
        if (settled && seen() == goal) {
            return;
        }
        if (settled) {
            LOG.warn("another program changed this node's firewall; SIP is made {} again", goal);
        }
        reached = null;
        if (goal == State.CLOSED) {
            shutter.close();
        } else {
            shutter.open();
        }
        State now = seen();
        if (now == goal) {
            reached = goal;
            LOG.info("SIP of this node is {}", goal);
            reading = new ShutterReading(now, "");
            settling.run();
        } else {
            say(
                    now,
                    "SIP of this node is to be " + goal + ", and the firewall shows " + now
                            + " although it took the change; look for another program that changes the firewall");
        }
    }

    private State seen() throws ShutterException, InterruptedException {
        Trace trace = shutter.look();
        return switch (trace) {
            case NONE -> State.OPEN;
            case ALL -> State.CLOSED;
            case SOME -> State.UNKNOWN;
        };
    }

    private void say(State state, String problem) {
        ShutterReading now = new ShutterReading(state, problem);
        if (!now.equals(reading)) {
            LOG.error("{}", problem);
        }
        reading = now;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
