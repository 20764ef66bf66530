// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The one certificate that this node takes for its peer's, written at pairing. Trust is equality with it: there is no
 * authority, no host name and no date in it, so nothing expires at night.
 */
public final class PinnedPeer {
    /** Its name in the agent's directory. */
    public static final String FILE = "peer.pem";

    private PinnedPeer() {}

    /**
     * The peer's certificate, empty before pairing.
     *
     * @throws IOException when there is one and it cannot be read
     */
    public static Optional<X509Certificate> load(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        try {
            return Optional.of(Certificates.parse(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CertificateException e) {
            throw new IOException(file + " is not a certificate; pair the nodes again with `pbx-ha setup`", e);
        }
    }
}
