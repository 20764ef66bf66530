// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import static org.pbxha.agent.core.Conditions.FENCE_MARK;
import static org.pbxha.agent.core.Outcome.ACCEPT_FENCE;
import static org.pbxha.agent.core.Rule.row;
import static org.pbxha.agent.core.ServiceState.ACTIVE;
import static org.pbxha.agent.core.ServiceState.STANDBY;

import java.util.List;

/** What a node does that its peer has fenced: before everything else, since its Asterisk has been killed already. */
final class FencedRules {
    private static final String ADVICE =
            "Find out why the peer did not hear this node: `pbx-ha history` there, `journalctl -u pbx-ha` here.";

    static final List<Rule> SERVING = List.of(row(5, ACTIVE)
            .when(FENCE_MARK)
            .alarm(ACCEPT_FENCE, "The peer has fenced this node to serve instead, so it stands down.", ADVICE));

    static final List<Rule> STANDING_BY = List.of(row(100, STANDBY)
            .when(FENCE_MARK)
            .alarm(ACCEPT_FENCE, "The peer has fenced this node: it stands by and takes the mark away.", ADVICE));

    private FencedRules() {}
}
