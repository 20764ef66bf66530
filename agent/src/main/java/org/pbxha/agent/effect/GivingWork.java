// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.function.Function;
import java.util.function.Supplier;
import org.pbxha.agent.core.Giving.Phase;
import org.pbxha.agent.core.Work;

/**
 * Brings data over while telephony is being given to the peer, beside the cycle. Each phase has its own work; who leaves the
 * phase forgets it. An agent that is killed in a phase does its work again. One thread calls it, that of the cycle.
 */
public final class GivingWork {
    private final Function<Phase, Supplier<Work>> starter;
    private Phase begun = Phase.NONE;
    private Supplier<Work> progress = () -> Work.IDLE;

    /**
     * Work that has not begun.
     *
     * @param starter begins the work of a phase and returns at once; what it gives says, without blocking, how it stands
     */
    public GivingWork(Function<Phase, Supplier<Work>> starter) {
        this.starter = starter;
    }

    /** Begins the work of a phase. */
    public void begin(Phase phase) {
        begun = phase;
        progress = starter.apply(phase);
    }

    /** How the work of the phase stands in which the node is now. */
    public Work progress(Phase now) {
        if (now != begun) {
            begun = Phase.NONE;
            progress = () -> Work.IDLE;
        }
        return progress.get();
    }
}
