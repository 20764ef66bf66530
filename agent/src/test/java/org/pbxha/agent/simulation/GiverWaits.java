// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import org.pbxha.agent.core.Decision;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;

/** Invariant 6, the half that holds at every moment. */
final class GiverWaits extends Invariant {
    @Override
    String sentence() {
        return "Who gives telephony stays active until its peer is active in a newer epoch, or has fenced it.";
    }

    @Override
    void decided(World world, Host host, State before, Facts facts, Decision decision) {
        boolean gave = before.giving().phase() != Giving.Phase.NONE;
        boolean left = decision.state().service() == ServiceState.STANDBY;
        State peer = host.peer().disk.state();
        boolean fenced = decision.rule().outcome() == Outcome.ACCEPT_FENCE;
        if (gave && left && !fenced && peer.epoch() <= before.epoch()) {
            throw broken(world, "the " + host.role + " stood down before its peer served");
        }
    }
}
