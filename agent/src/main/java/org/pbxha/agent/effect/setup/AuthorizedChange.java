// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;
import org.pbxha.sync.ssh.AuthorizedKeys;
import org.pbxha.sync.ssh.SshPublicKey;

/**
 * The slave lets the master's key in, to start one program and nothing else.
 *
 * @param file root's authorized_keys
 * @param key the master's
 * @param program the forced command
 */
record AuthorizedChange(Path file, SshPublicKey key, Path program) implements Change {
    private static final String MARKER = "pbx-ha-sync";

    static final Undo UNDO = (subject, memory) -> {
        boolean removed = new AuthorizedKeys(Path.of(subject), MARKER).remove();
        return subject + (removed ? ": the master's key is removed" : ": the master's key was gone already");
    };

    @Override
    public String id() {
        return Kind.AUTHORIZED.of(file);
    }

    @Override
    public String describe() {
        return "let the master's key " + key.fingerprint() + " run " + program + ", and nothing else, in " + file;
    }

    @Override
    public boolean isDone() throws IOException {
        String prefix = "restrict,command=\"" + program + "\" " + key.line() + " " + MARKER;
        return Lines.of(file).all().contains(prefix);
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() throws IOException {
        new AuthorizedKeys(file, MARKER).install(key, program);
    }
}
