// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.Systemctl;
import org.pbxha.agent.effect.UnitException;
import org.pbxha.agent.effect.UnitState;
import org.pbxha.agent.state.NodeState;

/** The services of a node whose agent does not run: an administrator moves them by hand. */
public final class LoneServices {
    private final Node node;

    private LoneServices(Node node) {
        this.node = node;
    }

    /**
     * This node's services.
     *
     * @throws StartupException when this node is not set up or its configuration is wrong
     */
    public static LoneServices load(NodePaths paths) throws StartupException {
        return new LoneServices(Node.load(paths));
    }

    /**
     * Makes this node active or standby, first on the disk, where the gate and a later agent read it, then in its
     * services.
     *
     * @return exit code
     */
    public int move(ServiceState towards, Consumer<String> out) throws StartupException {
        try {
            NodeState before = node.store().read().orElseThrow();
            boolean moves = before.state().service() != towards;
            boolean opens = moves && towards == ServiceState.ACTIVE;
            long epoch = before.state().epoch() + (opens ? 1 : 0);
            write(before, before.state().moveTo(towards, epoch), moves);
            boolean complete = node.steps(() -> {}).run(towards, epoch);
            if (complete) {
                write(before, before.state().moveTo(towards, epoch).withStepsDone(), moves);
            }
            String name = towards == ServiceState.ACTIVE ? "active" : "standby";
            out.accept(
                    complete
                            ? "this node is " + name + ", epoch " + epoch + "; no agent watches it, start it with"
                                    + " `systemctl start pbx-ha`"
                            : "this node is " + name + ", but a required step failed; see the lines above");
            return complete ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw new StartupException(ExitCode.FAILED, "the state cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Lists the telephony units that exist here.
     *
     * @return 0 when all of them run, else 1
     */
    public int list(Consumer<String> out) throws StartupException, InterruptedException {
        try {
            Map<String, UnitState> states =
                    new Systemctl(ProgramRunner.REAL).states(node.profile().gatedUnits());
            boolean all = true;
            for (UnitState unit : states.values()) {
                if (!unit.isMissing()) {
                    all &= unit.isActive();
                    out.accept("%-32s %s".formatted(unit.unit(), unit.active()));
                }
            }
            return all ? ExitCode.OK : ExitCode.FAILED;
        } catch (UnitException e) {
            throw new StartupException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private void write(NodeState before, State state, boolean moves) throws IOException {
        Instant since = moves ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : before.since();
        node.store().write(before.with(state).explained(since, 0, "An administrator moved the services by hand."));
    }
}
