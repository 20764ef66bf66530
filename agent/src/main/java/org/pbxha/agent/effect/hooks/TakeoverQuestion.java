// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Veto;

/** What hooks say to a takeover: asked once for each time that there is a reason for one. The thread of the cycle calls it. */
public final class TakeoverQuestion {
    private final HookRunner hooks;
    private org.pbxha.agent.effect.hooks.@Nullable Veto question;

    /** A question that nobody has asked. */
    public TakeoverQuestion(HookRunner hooks) {
        this.hooks = hooks;
    }

    /** Asks. */
    public void ask(HookFacts facts) {
        question = hooks.ask(HookEvent.BEFORE_TAKEOVER, facts);
    }

    /** The reason has gone; a next one is asked anew. */
    public void forget() {
        question = null;
    }

    /** What they say; where there are no hooks nobody objects, and no time is lost with asking. */
    public Veto answer() {
        org.pbxha.agent.effect.hooks.Veto asked = question;
        if (asked == null) {
            return hooks.any(HookEvent.BEFORE_TAKEOVER) ? Veto.UNASKED : Veto.ALLOWED;
        }
        return switch (asked.poll().phase()) {
            case PENDING -> Veto.PENDING;
            case ALLOWED -> Veto.ALLOWED;
            case VETOED -> Veto.VETOED;
        };
    }
}
