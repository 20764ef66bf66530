// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stops running work from another thread, once and for good. {@link #cancel} never blocks: each abort action runs in a
 * thread of its own, because closing a connection can take as long as the trouble that made us close it.
 */
public final class Cancellation {
    private final List<Registration> registrations = new ArrayList<>();
    private @Nullable String reason;

    /** Stops the work. The first reason counts; later calls change nothing. */
    public void cancel(String why) {
        List<Registration> toFire;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            toFire = List.copyOf(registrations);
            registrations.clear();
        }
        toFire.forEach(Registration::fire);
    }

    /** Whether {@link #cancel} was called. */
    public synchronized boolean isCancelled() {
        return reason != null;
    }

    /**
     * Goes on, or stops here.
     *
     * @throws CancelledException when {@link #cancel} was called
     */
    public synchronized void check() throws CancelledException {
        if (reason != null) {
            throw new CancelledException(reason);
        }
    }

    /** Runs {@code abort} when the work is cancelled; at once when it already is. */
    public Registration onCancel(Runnable abort) {
        Registration registration = new Registration(abort);
        boolean late;
        synchronized (this) {
            late = reason != null;
            if (!late) {
                registrations.add(registration);
            }
        }
        if (late) {
            registration.fire();
        }
        return registration;
    }

    private synchronized void forget(Registration registration) {
        registrations.remove(registration);
    }

    /** One abort action. Disarm it when the work has passed the point where the action would make sense. */
    public final class Registration {
        private enum State {
            ARMED,
            DISARMED,
            FIRED
        }

        private final Runnable abort;
        private final AtomicReference<State> state = new AtomicReference<>(State.ARMED);

        private Registration(Runnable abort) {
            this.abort = abort;
        }

        /**
         * Takes the action back: from here on a cancellation comes too late for this work.
         *
         * @return false when the action has already been set off
         */
        public boolean disarm() {
            forget(this);
            return state.compareAndSet(State.ARMED, State.DISARMED) || state.get() == State.DISARMED;
        }

        private void fire() {
            if (state.compareAndSet(State.ARMED, State.FIRED)) {
                Thread thread = new Thread(abort, "pbx-ha-cancel");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }
}
