// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.State;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;
import org.pbxha.agent.state.BootId;
import org.pbxha.agent.state.DurableState;
import org.pbxha.agent.state.NodeState;

/**
 * This node gets the state it begins with. A node that has one for its role keeps it: whatever has happened since it was
 * set up, setting it up again moves no service.
 *
 * @param file the state file
 * @param role what the node becomes
 */
record StateChange(Path file, Role role) implements Change {
    private static final int NO_RULE = 0;

    /** The state goes, and what the agent knew of the pair; its journal stays, as evidence. */
    static Undo undo(NodePaths paths) {
        return (subject, memory) -> {
            AtomicFile.delete(Path.of(subject));
            for (Path file : List.of(
                    paths.job("replication"),
                    paths.job("sync"),
                    paths.job("fencing-check"),
                    paths.lastCopy("replication"),
                    paths.lastCopy("sync"),
                    paths.takeoverMemory(),
                    paths.eventsAlarm(),
                    paths.fenceMark(),
                    paths.volatileFenceMark())) {
                AtomicFile.delete(file);
            }
            return subject + ": removed";
        };
    }

    @Override
    public String id() {
        return Kind.STATE.of(file);
    }

    @Override
    public String describe() {
        return "begin as " + word() + ", " + first().service().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isDone() {
        return roleIn(file).filter(role::equals).isPresent();
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() throws IOException {
        if (roleIn(file).isEmpty()) {
            // A damaged one cannot be written to.
            AtomicFile.delete(file);
        }
        new DurableState(file)
                .write(new NodeState(role, first(), BootId.current(), Instant.now(), NO_RULE, "set up as " + word()));
        AtomicFile.flush(file.toAbsolutePath().resolveSibling("."));
    }

    /** The role of a state file, empty when there is none that can be read. */
    static Optional<Role> roleIn(Path file) {
        try {
            return new DurableState(file).read().map(NodeState::role);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private State first() {
        return State.initial(role);
    }

    private String word() {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
