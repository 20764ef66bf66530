// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Role;

/** The gate before the telephony unit, as the shell script decides. */
final class Gate {
    private static final int AGENT_WAIT = 10;
    /** The script waits 30 s; all that is about boots is shorter here. */
    private static final int MASTER_WAIT = 10;

    private final Host host;

    Gate(Host host) {
        this.host = host;
    }

    /** Something starts the unit: a boot, a package upgrade, an administrator. */
    void start() {
        if (host.isUp()) {
            ask(0);
        }
    }

    /** Whether it opens at once for an agent that runs. */
    boolean opensForAgent() {
        return host.isActive() && !host.fenced;
    }

    private void ask(int waited) {
        if (host.fenced) {
            end(false);
        } else if (host.agent != null) {
            end(opensForAgent());
        } else if (waited < patience()) {
            host.later(1000, () -> ask(waited + 1));
        } else {
            end(host.isActive() || host.role == Role.MASTER);
        }
    }

    private int patience() {
        if (host.role == Role.MASTER && !host.isActive()) {
            return MASTER_WAIT;
        }
        return host.agentStarts ? AGENT_WAIT : 0;
    }

    private void end(boolean opens) {
        host.say(opens ? "gate opens" : "gate stays shut");
        if (opens && !host.leaving) {
            host.asterisk.start();
        }
    }
}
