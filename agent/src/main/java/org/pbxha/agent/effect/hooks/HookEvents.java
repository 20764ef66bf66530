// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.state.NodeState;

/** Finds out from one turn of the cycle to the next what has happened. Each event is told once, when it begins. */
public final class HookEvents {
    private final BiConsumer<HookEvent, NodeState> fire;
    private @Nullable Snapshot before;

    /** Tells events to {@code fire}. */
    public HookEvents(BiConsumer<HookEvent, NodeState> fire) {
        this.fire = fire;
    }

    /** Takes the next turn; the first one after a start of the agent is where it begins, and no event. */
    public void saw(Snapshot now) {
        Snapshot last = before;
        before = now;
        if (last == null) {
            return;
        }
        if (now.node().role() == Role.SLAVE) {
            edge(silent(last), silent(now), HookEvent.MASTER_DOWN, HookEvent.MASTER_UP, now);
            begins(
                    complete(last, ServiceState.ACTIVE),
                    complete(now, ServiceState.ACTIVE),
                    HookEvent.AFTER_TAKEOVER,
                    now);
            begins(
                    complete(last, ServiceState.STANDBY),
                    complete(now, ServiceState.STANDBY),
                    HookEvent.AFTER_FAILBACK,
                    now);
        }
        begins(repairs(last), repairs(now), HookEvent.REPAIR, now);
    }

    private void edge(boolean was, boolean is, HookEvent begin, HookEvent end, Snapshot now) {
        begins(was, is, begin, now);
        begins(!was, !is, end, now);
    }

    private void begins(boolean was, boolean is, HookEvent event, Snapshot now) {
        if (is && !was) {
            fire.accept(event, now.node());
        }
    }

    private static boolean silent(Snapshot seen) {
        return seen.facts().silentOnEveryProbe();
    }

    private static boolean complete(Snapshot seen, ServiceState service) {
        return seen.node().state().service() == service && seen.node().state().stepsDone();
    }

    private static boolean repairs(Snapshot seen) {
        return seen.rule().outcome() == Outcome.REPAIR;
    }
}
