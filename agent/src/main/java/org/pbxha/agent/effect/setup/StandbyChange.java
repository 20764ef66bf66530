// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.setup.Change;

/**
 * The slave's telephony will stand by. The agent stops it; what belongs to setup is the way back, the last of all: with
 * the gate gone the node serves as a PBX of its own again.
 *
 * @param profile whose services they are
 * @param present those that this node has, for people
 * @param state the state file
 */
record StandbyChange(Profile profile, List<String> present, Path state) implements Change {
    @Override
    public String id() {
        return Kind.STANDBY.of(profile.name());
    }

    @Override
    public String describe() {
        return "stop telephony on this node until the master is lost: " + String.join(" ", present);
    }

    @Override
    public boolean isDone() {
        return StateChange.roleIn(state).filter(Role.SLAVE::equals).isPresent();
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() {
        // The agent does it as soon as it runs, by the steps of the profile.
    }
}
