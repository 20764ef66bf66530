// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.pbxha.agent.core.Action;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Health;
import org.pbxha.agent.core.Repair;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.Work;
import org.pbxha.agent.effect.AsteriskRepair;
import org.pbxha.agent.effect.GivingWork;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.RepairLimits;
import org.pbxha.agent.effect.RepairProgress;
import org.pbxha.agent.effect.ServiceRunner;
import org.pbxha.agent.effect.ShutterReading;
import org.pbxha.agent.effect.ShutterRunner;
import org.pbxha.agent.effect.SipShutter;
import org.pbxha.agent.effect.hooks.HookEvent;
import org.pbxha.agent.effect.hooks.HookEvents;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.agent.effect.hooks.HookRunner;
import org.pbxha.agent.effect.hooks.TakeoverQuestion;
import org.pbxha.agent.effect.hooks.Veto;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.observe.AsteriskVerdict;
import org.pbxha.agent.state.NodeState;

/** Carries out what the cycle decides, and says how far that is. Nothing here makes the cycle wait. */
final class Effects implements AutoCloseable {
    private static final String ASTERISK = "asterisk.service";

    private final Node node;
    private final Copies copies;
    private final LocalHealth asterisk;
    private final ServiceRunner services;
    private final ShutterRunner shutter;
    private final AsteriskRepair repair;
    private final HookRunner hooks;
    private final TakeoverQuestion question;
    private final HookEvents events;
    private final GivingWork giving = new GivingWork(this::bring);
    private final ExecutorService data = Executors.newSingleThreadExecutor(task -> new Thread(task, "giving"));

    /** What is known of this node's Asterisk without waiting. */
    interface LocalHealth {
        AsteriskVerdict verdict();

        int calls();
    }

    /** Effects that have done nothing yet, except that the firewall is made as the state says. */
    Effects(Node node, Copies copies, LocalHealth asterisk) throws IOException {
        this.node = node;
        this.copies = copies;
        this.asterisk = asterisk;
        this.services = new ServiceRunner(node.steps(copies::letGo), System::nanoTime);
        this.shutter = new ShutterRunner(
                new SipShutter(ProgramRunner.REAL, node.settings().asterisk().sipPort()));
        this.repair = new AsteriskRepair(ProgramRunner.REAL, ASTERISK, this::serving, RepairLimits.DEFAULT);
        this.hooks = new HookRunner(node.paths().hooks(), HookRunner.LIMIT, node.journal());
        this.question = new TakeoverQuestion(hooks);
        this.events = new HookEvents((event, decided) -> hooks.fire(event, told(decided)));
        // An agent that was killed may have left the firewall in another state.
        shutter.accept(wish(node.store().read().map(record -> record.state().shut()).orElse(false)));
    }

    void act(Action action) {
        if (action instanceof Action.StartServices start) {
            services.start(ServiceState.ACTIVE, start.epoch());
        } else if (action instanceof Action.StopServices stop) {
            repair.cancel();
            services.start(ServiceState.STANDBY, stop.epoch());
        } else if (action instanceof Action.ShutSip sip) {
            shutter.accept(wish(sip.shut()));
        } else if (action instanceof Action.RepairAsterisk) {
            repair.repair(asterisk.verdict().condition() != AsteriskVerdict.Condition.CRASHED);
        } else if (action instanceof Action.BringData bringData) {
            giving.begin(bringData.phase());
        } else if (action instanceof Action.AskHooks) {
            question.ask(told(current()));
        }
    }

    /** This node's own part of the facts. */
    Facts.Own own(NodeState now) {
        boolean serves = serving();
        repair.observe(serves);
        return new Facts.Own(
                health(asterisk.verdict().condition()),
                phase(repair.progress().phase()),
                asterisk.calls(),
                shutter.reading().state() == ShutterReading.State.CLOSED,
                now.pause().at(Clock.systemUTC().instant()),
                services.progress(),
                giving.progress(now.state().giving().phase()),
                question.answer());
    }

    /** Takes note of a turn: what happened is told to hooks. */
    void saw(Snapshot turn) {
        last = turn;
        if (!turn.rule().asksHooks()) {
            question.forget();
        }
        events.saw(turn);
    }
}
