// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import org.pbxha.agent.core.Action;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Fencing;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Health;
import org.pbxha.agent.core.Repair;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.Work;
import org.pbxha.agent.effect.AsteriskRepair;
import org.pbxha.agent.effect.CallEnder;
import org.pbxha.agent.effect.GivingWork;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.RepairLimits;
import org.pbxha.agent.effect.RepairProgress;
import org.pbxha.agent.effect.ServiceRunner;
import org.pbxha.agent.effect.ShutterReading;
import org.pbxha.agent.effect.ShutterRunner;
import org.pbxha.agent.effect.SipShutter;
import org.pbxha.agent.effect.fencing.FenceMark;
import org.pbxha.agent.effect.fencing.PeerFencing;
import org.pbxha.agent.effect.hooks.HookEvent;
import org.pbxha.agent.effect.hooks.HookEvents;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.agent.effect.hooks.HookRunner;
import org.pbxha.agent.effect.hooks.TakeoverQuestion;
import org.pbxha.agent.effect.hooks.Veto;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.observe.AsteriskVerdict;
import org.pbxha.agent.splitbrain.SplitBrain;
import org.pbxha.agent.splitbrain.SplitBrainText;
import org.pbxha.agent.state.NodeState;

/** Carries out what the cycle decides, and says how far that is. Nothing here makes the cycle wait. */
final class Effects implements AutoCloseable {
    static final String ASTERISK = "asterisk.service";

    private final Node node;
    private final Copies copies;
    private final Supplier<AsteriskVerdict> asterisk;
    private final CallCount callCount;
    private final CallEnder calls = new CallEnder(ProgramRunner.REAL);
    private final ServiceRunner services;
    private final ShutterRunner shutter;
    private final AsteriskRepair repair;
    private final HookRunner hooks;
    private final TakeoverQuestion question;
    private final PeerFencing fencing;
    private final FenceMark mark;
    private final HookEvents events;
    private final GivingWork giving = new GivingWork(this::bring);
    private volatile NodeState current;
    private final ExecutorService data = Executors.newSingleThreadExecutor(task -> new Thread(task, "giving"));

    /**
     * Effects that have done nothing yet, except that the firewall is made as the state says.
     *
     * @param asterisk how this node's Asterisk is; must not block
     * @param callsSince how many calls there are, as counted no earlier than at a moment of {@link System#nanoTime()};
     *     negative while nobody knows
     */
    Effects(Node node, Copies copies, Supplier<AsteriskVerdict> asterisk, LongToIntFunction callsSince)
            throws IOException {
        this.node = node;
        this.copies = copies;
        this.asterisk = asterisk;
        this.callCount = new CallCount(callsSince, System::nanoTime);
        this.services = new ServiceRunner(node.steps(copies::letGo), System::nanoTime);
        this.shutter = new ShutterRunner(
                new SipShutter(ProgramRunner.REAL, node.settings().asterisk().sipPort()));
        this.repair = new AsteriskRepair(ProgramRunner.REAL, ASTERISK, this::serving, RepairLimits.DEFAULT);
        this.hooks = new HookRunner(node.paths().hooks(), HookRunner.LIMIT, node.journal());
        this.question = new TakeoverQuestion(hooks);
        this.fencing = PeerFencing.of(node.settings(), node.paths(), hooks, node.journal());
        this.mark = new FenceMark(node.paths().fenceMark(), node.paths().volatileFenceMark());
        this.events = new HookEvents((event, decided) -> hooks.fire(event, told(decided)));
        // The first turn may go on with what an agent that was killed had begun, and tell hooks of it.
        this.current = node.store().read().orElseThrow(() -> new IOException("the state file has gone"));
        // That agent may have left the firewall in another state.
        shutter.accept(wish(current.state().shut()));
    }

    /** Has this called when something that the cycle may wait for has happened. */
    void onNews(Runnable listener) {
        shutter.onSettled(listener);
    }

    void act(Action action) {
        if (action instanceof Action.StartServices start) {
            services.start(ServiceState.ACTIVE, start.epoch());
        } else if (action instanceof Action.StopServices stop) {
            repair.forget();
            services.start(ServiceState.STANDBY, stop.epoch());
        } else if (action instanceof Action.ShutSip sip) {
            shutter.accept(wish(sip.shut()));
        } else if (action instanceof Action.RepairAsterisk) {
            repair.repair(asterisk.get().condition() != AsteriskVerdict.Condition.CRASHED);
        } else if (action instanceof Action.HangUp) {
            calls.hangUp();
        } else if (action instanceof Action.BringData bringData) {
            giving.begin(bringData.phase());
        } else if (action instanceof Action.AskHooks) {
            question.ask(told(current));
        } else if (action instanceof Action.FencePeer) {
            fencing.begin(told(current));
        } else if (action instanceof Action.ClearFenceMark) {
            mark.clear();
        }
    }

    /** The fencing of the peer. */
    PeerFencing fencing() {
        return fencing;
    }

    /** Fences because an operator wants it; waits for the end. */
    Fencing fenceNow() {
        try {
            return fencing.now(told(current));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the agent ends", e);
        }
    }

    /** This node's own part of the facts. */
    Facts.Own own(NodeState now) {
        boolean serves = serving();
        repair.observe(serves);
        boolean closed = shutter.reading().state() == ShutterReading.State.CLOSED;
        return new Facts.Own(
                health(asterisk.get().condition()),
                phase(repair.progress().phase()),
                callCount.read(closed),
                closed,
                now.pause().at(Clock.systemUTC().instant()),
                services.progress(),
                giving.progress(now.state().giving().phase()),
                question.answer(),
                fencing.progress(),
                mark.isThere());
    }

    /** Takes note of a turn: what happened is told to hooks. */
    void saw(Snapshot turn) {
        current = turn.node();
        if (!turn.rule().preparesTakeover()) {
            question.forget();
            fencing.forget();
        }
        events.saw(turn);
    }

    /** Tells hooks of something that no turn decided: a copy that failed. */
    void tell(HookEvent event, String reason) {
        hooks.fire(event, undecided(reason));
    }

    /** Tells hooks of a split brain; the report is in their JSON. */
    void tell(SplitBrain report) {
        hooks.fire(
                HookEvent.SPLIT_BRAIN,
                undecided(SplitBrainText.meeting(report.last())).with("splitBrain", report));
    }

    private HookFacts undecided(String reason) {
        NodeState now = current;
        return told(now.explained(now.since(), 0, reason));
    }

    private Supplier<Work> bring(Giving.Phase phase) {
        if (phase != Giving.Phase.PREPARING) {
            // What is left over is little; merging it comes with the merge itself.
            return () -> Work.DONE;
        }
        return node.role() == Role.MASTER ? bringCopies() : askBeforeFailback();
    }

    private Supplier<Work> bringCopies() {
        CompletableFuture<Boolean> copied = CompletableFuture.supplyAsync(copies::bringAll, data);
        return () -> !copied.isDone() ? Work.RUNNING : succeeded(copied) ? Work.DONE : Work.FAILED;
    }

    private static boolean succeeded(CompletableFuture<Boolean> copied) {
        return !copied.isCompletedExceptionally() && copied.getNow(false);
    }

    private Supplier<Work> askBeforeFailback() {
        Veto veto = hooks.ask(HookEvent.BEFORE_FAILBACK, told(current));
        return () -> switch (veto.poll().phase()) {
            case PENDING -> Work.RUNNING;
            case ALLOWED -> Work.DONE;
            case VETOED -> Work.VETOED;
        };
    }

    private HookFacts told(NodeState decided) {
        return HookFacts.of(
                decided,
                node.settings().nodeAddress().getHostAddress(),
                node.settings().peerAddress().getHostAddress());
    }

    private boolean serving() {
        return asterisk.get().condition() == AsteriskVerdict.Condition.SERVING;
    }

    private static ShutterReading.State wish(boolean shut) {
        return shut ? ShutterReading.State.CLOSED : ShutterReading.State.OPEN;
    }

    private static Health health(AsteriskVerdict.Condition condition) {
        return switch (condition) {
            case SERVING -> Health.SERVING;
            case STARTING -> Health.STARTING;
            case STOPPED_ON_PURPOSE -> Health.STOPPED;
            case CRASHED, HUNG, DEAF -> Health.FAILED;
            case UNKNOWN -> Health.UNKNOWN;
        };
    }

    private static Repair phase(RepairProgress.Phase phase) {
        return switch (phase) {
            case IDLE, DONE -> Repair.IDLE;
            case RUNNING -> Repair.RUNNING;
            case EXHAUSTED -> Repair.EXHAUSTED;
        };
    }

    /** Ends what is under way; services and firewall stay as they are. */
    @Override
    public void close() {
        services.close();
        repair.close();
        calls.close();
        fencing.close();
        hooks.close();
        shutter.close();
        data.shutdownNow();
    }
}
