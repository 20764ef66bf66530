// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.State;
import org.pbxha.agent.state.BootId;
import org.pbxha.agent.state.DurableState;
import org.pbxha.agent.state.NodeState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the durable state up to date when the agent starts. */
final class StartState {
    private static final Logger LOG = LoggerFactory.getLogger(StartState.class);

    private StartState() {}

    /**
     * After a restart of the agent alone nothing changes; after a reboot of the host the node stands by until a rule says
     * otherwise.
     */
    static void prepare(DurableState store, Role role) throws StartupException {
        try {
            Optional<NodeState> last = store.read();
            if (last.isEmpty()) {
                throw new StartupException(
                        ExitCode.CONFIGURATION, "this node is not set up: there is no state file; run `pbx-ha setup`");
            }
            NodeState node = last.get();
            if (node.role() != role) {
                throw new StartupException(
                        ExitCode.CONFIGURATION,
                        "the configuration says role " + role + " but this node was set up as " + node.role()
                                + "; a role is changed with `pbx-ha setup`, not by hand");
            }
            String boot = BootId.current();
            if (!boot.equals(node.bootId())) {
                store.write(rebooted(node, boot));
            }
        } catch (IOException e) {
            throw new StartupException(ExitCode.FAILED, "the state cannot be read: " + e.getMessage(), e);
        }
    }

    private static NodeState rebooted(NodeState node, String boot) {
        State state = node.state().afterBoot();
        LOG.info(
                "this host has rebooted; it was {} before (epoch {}) and stands by until a rule says otherwise",
                node.state().service(),
                node.state().epoch());
        return node.with(state)
                .after(boot)
                .explained(
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        0,
                        "The host has rebooted; nothing is decided yet.");
    }
}
