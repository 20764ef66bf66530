// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Mode;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.simulation.Asterisk.Life;
import org.pbxha.agent.state.NodeState;
import org.pbxha.agent.state.Pause;

/** One machine: power, kernel, userland, disk, firewall, an agent that may run, and an Asterisk. */
final class Host {
    final World world;
    final int index;
    final Role role;
    final Asterisk asterisk = new Asterisk(this);
    final Deque<Order> orders = new ArrayDeque<>();
    NodeState disk;

    @Nullable
    Agent agent;

    boolean agentStarts;
    boolean sipClosed;
    boolean leaving;
    /** The mark of having been fenced, which outlives a reboot. */
    boolean fenced;

    int calls;

    // Faults that last; they may overlap.
    int cannotStart;
    int notReady;
    int agentHeld;
    int hooksObject;
    private int frozen;
    private int suspended;

    private final Deque<Runnable> asleep = new ArrayDeque<>();
    private boolean kernel = true;
    private boolean userland = true;
    private boolean powered = true;
    private int life;
    private long fencedAt = Long.MIN_VALUE;
    private long bootedAt = -1_000_000;

    Host(World world, Role role) {
        this.world = world;
        this.role = role;
        this.index = role == Role.MASTER ? 0 : 1;
        this.disk = new NodeState(role, State.initial(role), "boot 0", Instant.EPOCH, 0, "set up");
    }

    Host peer() {
        return world.hosts[1 - index];
    }

    void say(String what) {
        world.transcript.say(this, what);
    }

    /** Has something happen on this machine: never after it went down, and only when it is awake. */
    void later(long millis, Runnable what) {
        int lived = life;
        world.time.after(millis, () -> {
            if (lived != life) {
                return;
            }
            if (isFrozen()) {
                asleep.add(what);
            } else {
                what.run();
            }
        });
    }

    boolean isFrozen() {
        return frozen > 0 || suspended > 0;
    }

    boolean isUp() {
        return userland && !isFrozen();
    }

    boolean isPowered() {
        return powered;
    }

    boolean answersPing() {
        return kernel && suspended == 0;
    }

    /** Whether a phone that reaches this machine gets an answer. */
    boolean answersSip() {
        return isUp() && asterisk.is(Life.SERVING) && !sipClosed;
    }

    boolean agentAwake() {
        return agent != null && isUp();
    }

    boolean isActive() {
        return disk.state().service() == ServiceState.ACTIVE;
    }

    boolean isManual() {
        return disk.state().standing().mode() == Mode.MANUAL;
    }

    boolean isPaused() {
        return !disk.pause().equals(Pause.NONE);
    }

    long uptime() {
        return world.time.now() - bootedAt;
    }

    String bootId() {
        return "boot " + bootedAt;
    }

    /** Freezes or thaws; a suspended machine does not even answer ping. */
    void freeze(int change, boolean whole) {
        frozen += whole ? 0 : change;
        suspended += whole ? change : 0;
        while (!isFrozen() && !asleep.isEmpty()) {
            asleep.remove().run();
        }
    }

    void powerOff() {
        life++;
        powered = false;
        kernel = false;
        userland = false;
        leaving = false;
        agentStarts = false;
        sipClosed = false;
        calls = 0;
        asleep.clear();
        orders.clear();
        killAgent();
        asterisk.stop();
    }

    void powerOn() {
        if (powered) {
            return;
        }
        life++;
        powered = true;
        bootedAt = world.time.now();
        long boot = world.between(2000, 8000);
        later(boot / 2, () -> kernel = true);
        later(boot, () -> {
            userland = true;
            startAgent(world.between(100, 1500));
            later(world.between(0, 2000), () -> new Gate(this).start());
        });
    }

    /** As init does it: telephony stops, the agent tells so, all ends. */
    void shutDown() {
        if (!isUp()) {
            powerOff();
            return;
        }
        leaving = true;
        later(world.between(300, 2000), asterisk::stop);
        later(world.between(3000, 6000), this::powerOff);
    }

    void startAgent(long millis) {
        agentStarts = true;
        later(millis, () -> {
            agentStarts = false;
            if (userland && agent == null && agentHeld == 0 && !leaving) {
                agent = new Agent(this);
                agent.start();
            }
        });
    }

    /** Ends the agent where it stands; nothing else of the machine notices. */
    void killAgent() {
        Agent killed = agent;
        agent = null;
        if (killed != null) {
            killed.die();
            say("agent dead");
        }
    }

    /** What systemd does about an agent that was killed. */
    void restartAgent() {
        if (userland) {
            startAgent(world.between(2000, 3500));
        }
    }

    /** The forced command: the mark first, then telephony is killed. */
    void fence() {
        if (userland) {
            say("fenced");
            fenced = true;
            fencedAt = world.time.now();
            asterisk.stop();
        }
    }

    /** Whether the forced command has come to its end in the last moments. */
    boolean wasFencedSince(long millis) {
        return fencedAt >= world.time.now() - millis;
    }

    void write(NodeState next) {
        disk = next;
    }
}
