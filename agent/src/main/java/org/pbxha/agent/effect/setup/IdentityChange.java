// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.link.Identity;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;

/**
 * This node gets a key and a certificate of its own.
 *
 * @param directory the agent's
 */
record IdentityChange(Path directory) implements Change {
    static final Undo UNDO = (subject, memory) -> {
        Identity.remove(Path.of(subject));
        return "identity of this node: removed";
    };

    @Override
    public String id() {
        return Kind.IDENTITY.of(directory);
    }

    @Override
    public String describe() {
        return "make the key and the certificate of this node for the peer link in " + directory;
    }

    @Override
    public boolean isDone() throws IOException {
        return Identity.load(directory).isPresent();
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() throws IOException {
        AtomicFile.makeDirectory(directory, "rwx------");
        Identity.ensure(directory);
    }
}
