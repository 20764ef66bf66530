// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host keys with which this node's sshd proves who it is; the peer pins them at pairing. */
public final class HostKeys {
    /** Where Debian's sshd keeps them. */
    public static final Path DIRECTORY = Path.of("/etc/ssh");

    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);

    private HostKeys() {}

    /**
     * Reads {@code ssh_host_*_key.pub}, sorted by type.
     *
     * @throws SshException when there is none
     */
    public static List<SshPublicKey> read(Path directory) throws IOException, SshException {
        List<SshPublicKey> keys = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "ssh_host_*_key.pub")) {
            for (Path file : files) {
                try {
                    keys.add(SshPublicKey.parse(Files.readString(file, StandardCharsets.US_ASCII)));
                } catch (IllegalArgumentException e) {
                    LOG.debug("{} is left out: {}", file, e.getMessage());
                }
            }
        }
        if (keys.isEmpty()) {
            throw new SshException(
                    SshException.Reason.LOCAL_FILES, "no usable host key (ssh_host_*_key.pub) in " + directory, null);
        }
        keys.sort(Comparator.comparing(SshPublicKey::type));
        return keys;
    }
}
