// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

/** The Asterisk of one host. */
final class Asterisk {
    private final Host host;
    private Life life = Life.STOPPED;
    private long since;
    private int generation;

    /** What its process does. */
    enum Life {
        STOPPED,
        STARTING,
        SERVING,
        HUNG,
        CRASHED
    }

    Asterisk(Host host) {
        this.host = host;
    }

    boolean is(Life some) {
        return life == some;
    }

    boolean runs() {
        return life == Life.STARTING || life == Life.SERVING || life == Life.HUNG;
    }

    long lasting() {
        return host.world.time.now() - since;
    }

    /** Starts the unit; one that runs stays as it is. */
    void start() {
        if (runs()) {
            return;
        }
        become(Life.STARTING);
        int started = generation;
        host.later(host.world.between(500, 3000), () -> {
            if (generation == started) {
                become(host.cannotStart > 0 ? Life.CRASHED : Life.SERVING);
            }
        });
    }

    void stop() {
        if (life != Life.STOPPED) {
            become(Life.STOPPED);
        }
    }

    /** A fault of a running process. */
    void fail(Life how) {
        if (runs()) {
            become(how);
        }
    }

    private void become(Life next) {
        generation++;
        life = next;
        since = host.world.time.now();
        host.say("Asterisk " + next);
    }
}
