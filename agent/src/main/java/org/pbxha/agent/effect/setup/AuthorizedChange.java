// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;
import org.pbxha.sync.ssh.AuthorizedKeys;
import org.pbxha.sync.ssh.ForcedCommand;
import org.pbxha.sync.ssh.SshPublicKey;

/**
 * The other node's key is let in, to start one program and nothing else.
 *
 * @param kind of the change
 * @param file root's authorized_keys
 * @param key the other node's
 * @param command all that it may do
 */
record AuthorizedChange(Kind kind, Path file, SshPublicKey key, ForcedCommand command) implements Change {
    private static final String SYNC = "pbx-ha-sync";
    private static final String FENCING = "pbx-ha-fencing";

    /** The way back for a kind. */
    static Undo undo(Kind kind) {
        return (subject, memory) -> {
            boolean removed = new AuthorizedKeys(Path.of(subject), marker(kind)).remove();
            return subject + (removed ? ": the peer's key is removed" : ": the peer's key was gone already");
        };
    }

    private static String marker(Kind kind) {
        return kind == Kind.FENCER ? FENCING : SYNC;
    }

    @Override
    public String id() {
        return kind.of(file);
    }

    @Override
    public String describe() {
        return "let the peer's key " + key.fingerprint() + " run " + command.program() + ", and nothing else, in "
                + file;
    }

    @Override
    public boolean isDone() throws IOException {
        return keys().isInstalled(key, command);
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() throws IOException {
        keys().install(key, command);
    }

    private AuthorizedKeys keys() {
        return new AuthorizedKeys(file, marker(kind));
    }
}
