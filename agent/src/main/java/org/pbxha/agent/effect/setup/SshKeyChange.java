// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshKeys;

/**
 * This node gets an SSH key for one purpose: the master for sync, the slave for fencing.
 *
 * @param kind of the change
 * @param purpose one word
 * @param directory of the key pair
 */
record SshKeyChange(Kind kind, String purpose, Path directory) implements Change {
    private static final String PRIVATE = "id_ed25519";
    private static final String PUBLIC = "id_ed25519.pub";

    static SshKeyChange ofSync(Path directory) {
        return new SshKeyChange(Kind.SYNCKEY, "sync", directory);
    }

    static SshKeyChange ofFencing(Path directory) {
        return new SshKeyChange(Kind.FENCEKEY, "fencing", directory);
    }

    static Undo undo(String purpose) {
        return (subject, memory) -> {
            AtomicFile.delete(Path.of(subject).resolve(PRIVATE));
            AtomicFile.delete(Path.of(subject).resolve(PUBLIC));
            return "SSH key of " + purpose + ": removed";
        };
    }

    static Path privateKey(Path directory) {
        return directory.resolve(PRIVATE);
    }

    /** The public half, in OpenSSH's one-line form. */
    static String publicKey(Path directory) throws IOException {
        return Files.readString(directory.resolve(PUBLIC)).strip();
    }

    @Override
    public String id() {
        return kind.of(directory);
    }

    @Override
    public String describe() {
        return "make an SSH key for " + purpose + ", and for nothing else, in " + directory;
    }

    @Override
    public boolean isDone() {
        return Files.exists(directory.resolve(PRIVATE)) && Files.exists(directory.resolve(PUBLIC));
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() throws IOException {
        try {
            SshKeys.create(directory, "pbx-ha-" + purpose);
        } catch (SshException e) {
            throw new IOException(e.getMessage() + ". " + e.hint(), e);
        }
    }
}
