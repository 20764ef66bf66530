// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.pbxha.agent.effect.hooks.HookEvent;

/** Tells hooks once when copies of a kind begin to fail, and once when they succeed again. */
final class CopyAlarms {
    static final String REPLICATION = "replication";
    static final String SYNC = "sync";

    private final BiConsumer<HookEvent, String> hooks;
    private final Set<String> raised = ConcurrentHashMap.newKeySet();

    /** Alarms that nobody has raised yet; hooks take each event and what happened. */
    CopyAlarms(BiConsumer<HookEvent, String> hooks) {
        this.hooks = hooks;
    }

    /** A copy of that kind failed in the time of an agent before this one: its hooks have been told. */
    void known(String copy) {
        raised.add(copy);
    }

    void raise(String copy, String text) {
        if (raised.add(copy)) {
            hooks.accept(copy.equals(SYNC) ? HookEvent.SYNC_FAILED : HookEvent.REPLICATION_FAILED, text);
        }
    }

    void clear(String copy, String text) {
        if (raised.remove(copy)) {
            hooks.accept(copy.equals(SYNC) ? HookEvent.SYNC_RECOVERED : HookEvent.REPLICATION_RECOVERED, text);
        }
    }
}
