// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.pbxha.sync.AtomicFile;

/**
 * A key pair for one purpose, and nothing else: ed25519, without a passphrase because nobody is there to type it at
 * night. Its power is small: on the peer it can only start the forced command.
 *
 * @param privateKey {@code id_ed25519}, mode 0600, in OpenSSH's format
 * @param publicKey the public half, which {@code id_ed25519.pub} holds too
 */
public record SshKeys(Path privateKey, SshPublicKey publicKey) {
    private static final String NAME = "id_ed25519";

    /**
     * The key pair of a directory; makes the directory (0700) and the pair when they are missing.
     *
     * @param comment what the key is for, such as {@code pbx-ha-sync}
     * @throws SshException when an existing private key cannot be read
     */
    public static SshKeys create(Path directory, String comment) throws IOException, SshException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path privateKey = directory.resolve(NAME);
        KeyPair pair = Files.exists(privateKey) ? load(privateKey) : generate(privateKey, comment);
        try {
            Files.setPosixFilePermissions(privateKey, AtomicFile.PRIVATE);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            pair.writePublicKey(line, comment);
            AtomicFile.write(directory.resolve(NAME + ".pub"), line.toByteArray(), AtomicFile.PRIVATE);
            return new SshKeys(privateKey, SshPublicKey.parse(line.toString(StandardCharsets.US_ASCII)));
        } finally {
            pair.dispose();
        }
    }

    private static KeyPair generate(Path privateKey, String comment) throws IOException {
        try {
            KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
            ByteArrayOutputStream key = new ByteArrayOutputStream();
            pair.writeOpenSSHv1PrivateKey(key, null, comment);
            AtomicFile.write(privateKey, key.toByteArray(), AtomicFile.PRIVATE);
            return pair;
        } catch (JSchException e) {
            throw new IllegalStateException("Java 17 has ed25519", e);
        }
    }

    private static KeyPair load(Path privateKey) throws SshException {
        try {
            return KeyPair.load(new JSch(), privateKey.toString(), null);
        } catch (JSchException e) {
            throw new SshException(
                    SshException.Reason.LOCAL_FILES,
                    "cannot read the private key " + privateKey + ": " + e.getMessage(),
                    e);
        }
    }
}
