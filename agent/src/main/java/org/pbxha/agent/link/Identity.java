// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;

/** The key and the self-signed certificate by which this node shows on the peer link who it is. */
public final class Identity {
    /** The key store's name in the agent's directory. */
    public static final String KEY_FILE = "identity.p12";

    /** The name of the file with the key store's password. */
    public static final String PASSWORD_FILE = "identity.pass";

    private static final String WORK_PREFIX = "identity.new.";
    private static final String ALIAS = "pbx-ha";

    private final KeyStore keys;
    private final char[] password;
    private final X509Certificate certificate;

    private Identity(KeyStore keys, char[] password, X509Certificate certificate) {
        this.keys = keys;
        this.password = password;
        this.certificate = certificate;
    }

    /** The identity in the agent's directory; made when there is none, and never replaced. */
    public static Identity ensure(Path directory) throws IOException {
        Optional<Identity> found = load(directory);
        if (found.isPresent()) {
            return found.get();
        }
        make(directory);
        return load(directory).orElseThrow(() -> new IOException("keytool made no key in " + directory));
    }

    /**
     * The identity in the agent's directory, empty when there is none.
     *
     * @throws IOException when there is one and it cannot be read: a new one would break the pairing without a word
     */
    public static Optional<Identity> load(Path directory) throws IOException {
        Path file = directory.resolve(KEY_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            char[] password = Files.readString(directory.resolve(PASSWORD_FILE), US_ASCII)
                    .strip()
                    .toCharArray();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            if (!(keys.getCertificate(ALIAS) instanceof X509Certificate certificate)) {
                throw new IOException("it holds no certificate called " + ALIAS);
            }
            return Optional.of(new Identity(keys, password, certificate));
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    "cannot read this node's identity " + file + ": " + e.getMessage() + "; restore it with its "
                            + PASSWORD_FILE + ", or run `pbx-ha setup disable` and pair the nodes again",
                    e);
        }
    }

    /** This node's certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The fingerprint of this node's certificate. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    KeyManager[] keyManagers() throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        return factory.getKeyManagers();
    }

    /** Removes the identity, and what an interrupted {@link #ensure} has left. */
    public static void remove(Path directory) throws IOException {
        AtomicFile.delete(directory.resolve(KEY_FILE));
        AtomicFile.delete(directory.resolve(PASSWORD_FILE));
        removeLeftOvers(directory);
    }

    private static void make(Path directory) throws IOException {
        removeLeftOvers(directory);
        Path passwordFile = directory.resolve(PASSWORD_FILE);
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        AtomicFile.write(passwordFile, (password + "\n").getBytes(US_ASCII), FileAccess.PRIVATE);
        // keytool writes in place, so it works in a private directory; the rename makes the key appear whole.
        Path work = Files.createTempDirectory(directory, WORK_PREFIX);
        try {
            Path made = work.resolve(KEY_FILE);
            Keytool.makeKey(made, passwordFile, ALIAS);
            AtomicFile.write(made, Files.readAllBytes(made), FileAccess.PRIVATE);
            Files.move(made, directory.resolve(KEY_FILE), ATOMIC_MOVE);
            AtomicFile.flush(directory);
        } finally {
            removeWork(work);
        }
    }

    private static void removeLeftOvers(Path directory) throws IOException {
        try (DirectoryStream<Path> works = Files.newDirectoryStream(directory, WORK_PREFIX + "*")) {
            for (Path work : works) {
                removeWork(work);
            }
        }
    }

    private static void removeWork(Path work) throws IOException {
        try (Stream<Path> left = Files.list(work)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }
}
