// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Action;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Health;
import org.pbxha.agent.core.Repair;
import org.pbxha.agent.core.Rule;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.core.StepsProgress;
import org.pbxha.agent.core.StepsProgress.Phase;
import org.pbxha.agent.core.Veto;
import org.pbxha.agent.core.Work;
import org.pbxha.agent.simulation.Asterisk.Life;
import org.pbxha.agent.simulation.Network.Way;
import org.pbxha.agent.state.NodeState;

/** What one agent process does beside its cycle: all of it takes time, may fail, and ends with the process. */
final class Effects {
    /** The agent waits 10 s. */
    private static final long RETRY = 3000;

    private static final long LONGEST_START = 8000;
    private static final int REPAIR_TRIES = 3;
    private static final long LONGEST_REPAIR = 6000;
    private static final long HEALTHY_AGAIN = 30_000;
    private static final long HOOKS_REMEMBERED = 10_000;

    private final Agent agent;
    private final Host host;
    private final World world;
    private StepsProgress progress = StepsProgress.idle();
    private long failedAt;
    private int run;
    private Repair repair = Repair.IDLE;
    private int tries;
    private Giving.Phase workOf = Giving.Phase.NONE;
    private Work work = Work.IDLE;
    private Veto veto;
    private long vetoAt;
    private final Fences fences;
    private boolean firewallBusy;
    private boolean firewallWanted;

    Effects(Agent agent, Host host) {
        this.agent = agent;
        this.host = host;
        this.world = host.world;
        this.fences = new Fences(agent, host);
        this.veto = world.hooks ? Veto.UNASKED : Veto.ALLOWED;
    }

    /** What the agent sees of its own node. */
    Facts.Own own(NodeState node) {
        noticeRepair();
        State state = node.state();
        if (!state.giving().phase().equals(workOf)) {
            workOf = Giving.Phase.NONE;
            work = Work.IDLE;
        }
        if (world.hooks && veto != Veto.UNASKED && world.time.now() - vetoAt > HOOKS_REMEMBERED) {
            veto = Veto.UNASKED;
        }
        return new Facts.Own(
                health(),
                repair,
                host.calls,
                host.sipClosed,
                host.isPaused(),
                progress(),
                work,
                veto,
                fences.progress(),
                host.fenced);
    }

    StepsProgress progress() {
        boolean due = progress.phase() == Phase.FAILED && world.time.now() - failedAt >= RETRY;
        return due ? new StepsProgress(progress.towards(), Phase.IDLE) : progress;
    }

    void act(Action action) {
        if (action instanceof Action.StartServices) {
            startServices();
        } else if (action instanceof Action.StopServices) {
            stopServices();
        } else if (action instanceof Action.ShutSip shut) {
            firewall(shut.shut());
        } else if (action instanceof Action.RepairAsterisk) {
            repairAsterisk();
        } else if (action instanceof Action.HangUp) {
            host.calls = 0;
        } else if (action instanceof Action.BringData data) {
            bringData(data.phase());
        } else if (action instanceof Action.FencePeer) {
            fences.begin();
        } else if (action instanceof Action.ClearFenceMark) {
            // A disk that does not let it is tried again.
            host.fenced &= world.mishap();
        } else {
            askHooks();
        }
    }

    /** Takes note of a turn. */
    void saw(Rule rule) {
        fences.saw(rule);
    }

    private Health health() {
        Asterisk asterisk = host.asterisk;
        if (asterisk.is(Life.SERVING)) {
            return Health.SERVING;
        }
        if (asterisk.is(Life.STARTING)) {
            return Health.STARTING;
        }
        boolean failed = (asterisk.is(Life.CRASHED) && asterisk.lasting() >= 500)
                || (asterisk.is(Life.HUNG) && asterisk.lasting() >= 3000);
        return failed ? Health.FAILED : Health.UNKNOWN;
    }

    private int begin(ServiceState towards) {
        progress = new StepsProgress(towards, Phase.RUNNING);
        return ++run;
    }

    private void step(int number, long millis, Runnable what) {
        agent.later(millis, () -> {
            if (run == number) {
                what.run();
            }
        });
    }

    private void finish(boolean complete) {
        failedAt = world.time.now();
        progress = new StepsProgress(progress.towards(), complete ? Phase.DONE : Phase.FAILED);
        if (!complete) {
            host.say("steps towards " + progress.towards() + " failed");
        }
    }

    private void startServices() {
        int number = begin(ServiceState.ACTIVE);
        step(number, world.between(100, 800), () -> {
            if (world.mishap() || host.leaving || !new Gate(host).opensForAgent()) {
                finish(false);
                return;
            }
            host.asterisk.start();
            awaitStart(number, world.time.now());
        });
    }

    private void awaitStart(int number, long since) {
        boolean waits = host.asterisk.is(Life.STARTING) && world.time.now() - since < LONGEST_START;
        if (waits) {
            step(number, 200, () -> awaitStart(number, since));
        } else {
            finish(host.asterisk.runs());
        }
    }

    private void stopServices() {
        int number = begin(ServiceState.STANDBY);
        long patience = host.asterisk.is(Life.HUNG) ? 3000 : 0;
        step(number, patience + world.between(100, 1500), () -> {
            boolean fails = world.mishap();
            if (!fails) {
                host.asterisk.stop();
            }
            finish(!fails);
        });
    }

    /** One program at a time; it sets what is wanted when it ends. */
    private void firewall(boolean shut) {
        firewallWanted = shut;
        if (!firewallBusy) {
            firewallBusy = true;
            agent.later(world.between(20, 250), () -> {
                firewallBusy = false;
                host.sipClosed = firewallWanted;
                host.say(firewallWanted ? "SIP closed" : "SIP open");
            });
        }
    }

    private void noticeRepair() {
        if (host.asterisk.is(Life.SERVING)) {
            repair = Repair.IDLE;
            tries = host.asterisk.lasting() > HEALTHY_AGAIN ? 0 : tries;
        }
        if (!host.isActive()) {
            repair = Repair.IDLE;
            tries = 0;
        }
    }

    private void repairAsterisk() {
        if (repair != Repair.IDLE) {
            return;
        }
        repair = Repair.RUNNING;
        int attempt = ++tries;
        agent.later(world.between(200, 1000), () -> {
            host.asterisk.stop();
            if (!host.leaving && new Gate(host).opensForAgent()) {
                host.asterisk.start();
            }
        });
        agent.later(LONGEST_REPAIR, () -> {
            if (repair == Repair.RUNNING && tries == attempt) {
                repair = tries >= REPAIR_TRIES ? Repair.EXHAUSTED : Repair.IDLE;
            }
        });
    }

    private void bringData(Giving.Phase phase) {
        workOf = phase;
        work = Work.RUNNING;
        agent.later(world.between(300, 3000), () -> {
            if (workOf == phase && work == Work.RUNNING) {
                boolean reached = host.peer().agentAwake() && world.network.open(Way.LINK);
                work = reached && !world.mishap() ? Work.DONE : Work.FAILED;
            }
        });
    }

    private void askHooks() {
        veto = Veto.PENDING;
        vetoAt = world.time.now();
        agent.later(world.between(100, 1500), () -> {
            veto = host.hooksObject > 0 ? Veto.VETOED : Veto.ALLOWED;
            vetoAt = world.time.now();
        });
    }
}
